interface NumberFieldProps {
  readonly label: string;
  readonly value: number;
  readonly step?: number;
  readonly least?: number;
  readonly most?: number;
  readonly onChange: (value: number) => void;
}

/** Takes what is a number within the bounds; anything else changes nothing and is marked by the browser. */
export const NumberField = ({ label, value, step = 1, least, most, onChange }: NumberFieldProps) => (
  <label class="field number">
    <span>{label}</span>
    <input
      type="number"
      value={value}
      step={step}
      min={least}
      max={most}
      onChange={event => {
        const { valueAsNumber } = event.currentTarget;
        if (Number.isFinite(valueAsNumber) && valueAsNumber >= (least ?? -Infinity) && valueAsNumber <= (most ?? Infinity)) onChange(valueAsNumber);
      }}
    />
  </label>
);
