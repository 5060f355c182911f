import type { Signal } from '@preact/signals';
import type { TargetedInputEvent } from 'preact';
import { useId } from 'preact/hooks';

interface TextFieldProps {
  readonly label: string;
  readonly kind: 'url' | 'password';
  readonly text: Signal<string>;
  readonly placeholder?: string;
}

/** A line of text, kept in a signal as it is typed. */
export function TextField({ label, kind, text, placeholder = '' }: TextFieldProps) {
  const id = useId();
  const onInput = (event: TargetedInputEvent<HTMLInputElement>) => {
    text.value = event.currentTarget.value;
  };
  return (
    <label class="field grow" htmlFor={id}>
      <span>{label}</span>
      {kind === 'url' ? (
        <input id={id} type="url" inputMode="url" placeholder={placeholder} value={text.value} onInput={onInput} />
      ) : (
        <input id={id} type="password" autocomplete="off" placeholder={placeholder} value={text.value} onInput={onInput} />
      )}
    </label>
  );
}
