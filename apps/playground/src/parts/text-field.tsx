import type { Signal } from '@preact/signals';

interface TextFieldProps {
  readonly label: string;
  readonly kind: 'url' | 'password';
  readonly text: Signal<string>;
  readonly placeholder?: string;
}

/** A line of text, kept in a signal as it is typed. */
export const TextField = ({ label, kind, text, placeholder }: TextFieldProps) => (
  <label class="field grow">
    <span>{label}</span>
    <input
      type={kind}
      inputMode={kind === 'url' ? 'url' : 'text'}
      autocomplete={kind === 'url' ? 'url' : 'off'}
      placeholder={placeholder ?? ''}
      value={text.value}
      onInput={event => {
        text.value = event.currentTarget.value;
      }}
    />
  </label>
);
