import { useMemo } from 'preact/hooks';
import type { PileCluster, PilePicture } from '../../engine/protocol.js';
import { ExplanationFigure } from '../../parts/explanation.js';
import { VerdictBadge } from '../../parts/verdict.js';
import { newView } from '../../parts/zoom.js';
import { tn } from '../../words/translate.js';
import { Thumbnails } from './thumbnails.js';

export function ClusterGroup({ cluster, pictures }: { cluster: PileCluster; pictures: readonly PilePicture[] }) {
  // Fingerprint and spectrum are different planes.
  const views = useMemo(() => cluster.evidence.map(newView), [cluster]);
  return (
    <section class="cluster" aria-labelledby={cluster.id}>
      <h3 id={cluster.id}>
        {cluster.id} <VerdictBadge verdict={cluster.verdict} /> <span class="quiet">{tn('cluster-size', cluster.members.length)}</span>
      </h3>
      <div class="cluster-body">
        <Thumbnails pictures={cluster.members.map(i => pictures[i]!)} />
        <div class="maps small-maps">
          {cluster.evidence.map((explanation, i) => (
            <ExplanationFigure key={explanation.id} explanation={explanation} view={views[i]!} />
          ))}
        </div>
      </div>
    </section>
  );
}
