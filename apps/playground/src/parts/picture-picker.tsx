import { pictures } from '../state/pictures.js';

/** Chooses one of the pictures by name. */
export const PicturePicker = ({ label, value, onChoose }: { label: string; value: string; onChoose: (id: string) => void }) => (
  <label class="field">
    <span>{label}</span>
    <select value={value} onChange={event => onChoose(event.currentTarget.value)}>
      {pictures.value.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  </label>
);
