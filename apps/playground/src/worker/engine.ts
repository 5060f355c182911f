import type { ColourMap } from '@syntrace/core';
import type {
  Addition,
  BackendsReport,
  Change,
  ChangedScore,
  Drawing,
  EngineSettings,
  EvidenceGroup,
  Inspected,
  JudgeEvent,
  JudgeJob,
  Measurement,
  Named,
  PileJob,
  PileProgress,
  PileResult,
  Registered,
  Report,
} from '../engine/protocol.js';
import { measureKernels } from './benchmark.js';
import { drawEvidence } from './evidence.js';
import { importWeights, readArtifact } from './import-weights.js';
import { inspectFile } from './inspect.js';
import { Jobs } from './jobs.js';
import { judge } from './judge.js';
import { Kept } from './kept.js';
import { cluster } from './pile/cluster.js';
import { drawRamp } from './ramp.js';
import { Robustness } from './robustness.js';
import { Session } from './session.js';
import { warmUp } from './warm-up.js';

/** What a worker does for the page: everything that takes time. Each worker holds one session of Syntrace. */
export class Engine {
  private readonly session = new Session();
  private readonly kept = new Kept();
  private readonly jobs = new Jobs();
  private readonly robustness = new Robustness(this.session, this.kept);

  /** Opens the session anew with these settings and additions. @throws what an addition is refused for */
  async configure(settings: EngineSettings, additions: readonly Addition[]): Promise<Registered> {
    await this.session.configure(settings, additions);
    return this.session.registered();
  }

  /** One addition more. @throws PLUGIN_…, USAGE, ARTIFACT_… */
  async add(addition: Addition): Promise<Registered> {
    await this.session.add(addition);
    return this.session.registered();
  }

  /** Does once what the first picture would otherwise wait for. */
  warmUp(): Promise<void> {
    return warmUp(this.session);
  }

  judge(job: JudgeJob, report: Report<JudgeEvent>): Promise<void> {
    return this.jobs.run(job.job, signal => judge(job, this.session, report, signal));
  }

  /** Draws what each detector saw, and what needs no detector, group by group. */
  drawEvidence(job: string, key: string, picture: Named, detectors: readonly string[], report: Report<EvidenceGroup>): Promise<void> {
    return this.jobs.run(job, async signal => drawEvidence(picture, await this.kept.decoded(key, picture), detectors, this.session, report, signal));
  }

  /** A colour map from low to high, for legends. */
  ramp(map: ColourMap): Promise<Drawing> {
    return drawRamp(map, this.session);
  }

  inspect(picture: Named): Promise<Inspected> {
    return inspectFile(picture);
  }

  /** The score of a picture after some changes, and how it then looks. */
  changed(key: string, picture: Named, changes: readonly Change[], detector: string): Promise<ChangedScore> {
    return this.robustness.score(key, picture, changes, detector);
  }

  lookOfChanged(key: string, picture: Named, changes: readonly Change[]): Promise<Drawing> {
    return this.robustness.look(key, picture, changes);
  }

  /** Clusters a pile by its noise, and judges it where there is a reference. Whoever wants it to stop ends the worker. */
  cluster(job: PileJob, report: (progress: PileProgress) => void): Promise<PileResult> {
    return cluster(job, this.session, report);
  }

  /** @throws CHECKPOINT_…, IMPORT_PROOF */
  importWeights(detector: string, file: Named) {
    return importWeights(detector, file, this.session);
  }

  /** @throws ARTIFACT_… */
  readArtifact(files: readonly Named[]) {
    return readArtifact(files);
  }

  backends(): Promise<BackendsReport> {
    return this.session.backends();
  }

  benchmark(job: string, names: readonly string[], size: number, report: Report<Measurement>): Promise<void> {
    return this.jobs.run(job, signal => measureKernels(this.session, names, size, report, signal));
  }

  /** Ends a job; what it still says is not to be listened to. */
  cancel(job: string): void {
    this.jobs.cancel(job);
  }
}
