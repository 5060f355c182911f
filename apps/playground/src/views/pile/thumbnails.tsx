import { useEffect, useState } from 'preact/hooks';
import type { PilePicture } from '../../engine/protocol.js';
import { Scroll } from '../../parts/scroll.js';
import { VerdictIcon } from '../../parts/verdict.js';
import { t } from '../../words/translate.js';

export const Thumbnails = ({ pictures }: { pictures: readonly PilePicture[] }) => (
  <Scroll label={t('pictures')} kind="high">
    <ul class="thumbnails">
      {pictures.map(picture => (
        <li key={picture.name} class={picture.verdict} title={[picture.name, ...picture.said].join('\n')}>
          <Thumbnail picture={picture} />
        </li>
      ))}
    </ul>
  </Scroll>
);

function Thumbnail({ picture }: { picture: PilePicture }) {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!picture.thumbnail) return undefined;
    const made = URL.createObjectURL(new Blob([picture.thumbnail as Uint8Array<ArrayBuffer>]));
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return (
    <>
      {address && <img src={address} alt={`${picture.name}: ${t(`verdict-${picture.verdict}`)}`} />}
      {picture.verdict !== 'inconclusive' && <VerdictIcon verdict={picture.verdict} />}
    </>
  );
}
