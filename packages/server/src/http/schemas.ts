import { type Static, Type } from 'typebox';

const nullable = <T extends Parameters<typeof Type.Union>[0][number]>(type: T) => Type.Union([type, Type.Null()]);
const number = (description: string) => Type.Union([Type.Number(), Type.Null()], { description });

export const ErrorBody = Type.Object({
  code: Type.String({ description: 'stable, docs/errors.md lists them' }),
  message: Type.String(),
  hint: Type.String({ description: 'what to do' }),
});
export const Failed = Type.Object({ error: ErrorBody });
export const failures = { '4xx': Failed, '5xx': Failed };

export const Verdict = Type.Union([Type.Literal('real'), Type.Literal('synthetic'), Type.Literal('inconclusive')]);
const Warning = Type.Object({ code: Type.String(), message: Type.String() });
const DetectorAnswer = Type.Object({
  id: Type.String(),
  version: Type.String(),
  score: number('higher is more synthetic; null: it abstained'),
  probability: number('calibrated, or null'),
  ms: Type.Number(),
  reason: Type.Optional(Type.String({ description: 'why it abstained' })),
});

export const Judgement = Type.Object({
  path: Type.String(),
  width: Type.Integer(),
  height: Type.Integer(),
  verdict: Verdict,
  probability: number('calibrated probability that the picture is synthetic, or an honest null'),
  score: number('higher is more synthetic'),
  threshold: number('score above which the verdict is synthetic'),
  realShare: number('share of real photographs that score at least this high'),
  detectors: Type.Array(DetectorAnswer),
  warnings: Type.Array(Warning),
  camera: nullable(Type.String({ description: 'maker and model as the file declares them' })),
  engine: Type.String({ description: 'fingerprint of detectors, versions and weights' }),
  explanations: Type.Optional(
    Type.Array(
      Type.Object({
        id: Type.String(),
        title: Type.String(),
        description: Type.String(),
        png: Type.String({ description: 'base64', contentEncoding: 'base64' }),
      }),
    ),
  ),
});

export const JudgeQuery = Type.Object({
  detectors: Type.Optional(Type.String({ description: "ids with commas; default: the operator's choice" })),
  explain: Type.Optional(Type.Boolean({ description: 'draw the evidence', default: false })),
  name: Type.Optional(Type.String({ maxLength: 1000, description: 'what to call the picture in the answer' })),
});
export const JudgeUrl = Type.Object({ url: Type.String({ format: 'uri', maxLength: 4000 }) });

export const DetectorInfo = Type.Object({
  id: Type.String(),
  version: Type.String(),
  description: Type.String(),
  unit: Type.Union([Type.Literal('image'), Type.Literal('collection')]),
  restsOn: Type.Union([Type.Literal('pixels'), Type.Literal('declaration')], { description: 'declaration: what the file says of itself' }),
  byDefault: Type.Boolean(),
  card: nullable(Type.Object({}, { additionalProperties: true, description: 'model card' })),
});

export const Source = Type.Union(
  [
    Type.Object({ kind: Type.Literal('upload') }, { description: 'pictures are sent one by one, then the batch is sealed' }),
    Type.Object({ kind: Type.Literal('manifest') }, { description: 'lists are sent as NDJSON, then the batch is sealed' }),
    Type.Object(
      { kind: Type.Literal('folder'), path: Type.String({ minLength: 1, maxLength: 4000 }) },
      { description: 'a folder of the server that the operator allows' },
    ),
    Type.Object(
      { kind: Type.Literal('s3'), bucket: Type.String({ minLength: 1, maxLength: 255 }), prefix: Type.Optional(Type.String({ maxLength: 1024 })) },
      { description: 'what lies below a prefix that the operator allows' },
    ),
  ],
  { description: 'where the pictures come from' },
);

export const NewBatch = Type.Object({
  name: Type.Optional(Type.String({ maxLength: 200, default: '' })),
  source: Source,
  detectors: Type.Optional(Type.Array(Type.String({ maxLength: 100 }), { minItems: 1, maxItems: 32 })),
  reuse: Type.Optional(Type.Boolean({ default: true, description: 'take the answer of the same detectors for the same bytes where there is one' })),
  chunk: Type.Optional(Type.Integer({ minimum: 1, maximum: 2000, default: 64, description: 'pictures that a worker takes at one time' })),
  keepDays: Type.Optional(Type.Integer({ minimum: 1, maximum: 36_500, default: 30, description: 'days after which the batch and its results are deleted' })),
});
export type NewBatch = Static<typeof NewBatch>;

export const Batch = Type.Object({
  id: Type.String(),
  name: Type.String(),
  state: Type.Union([
    Type.Literal('open'),
    Type.Literal('listing'),
    Type.Literal('running'),
    Type.Literal('done'),
    Type.Literal('cancelled'),
    Type.Literal('failed'),
  ]),
  source: Type.Object({}, { additionalProperties: true }),
  engine: Type.String({ description: 'fingerprint that judges this batch; workers of another one leave it alone' }),
  detectors: nullable(Type.Array(Type.String())),
  reuse: Type.Boolean(),
  total: Type.Integer(),
  done: Type.Integer(),
  failed: Type.Integer(),
  reused: Type.Integer(),
  created: Type.String(),
  finished: nullable(Type.String()),
  keepDays: Type.Integer(),
  error: nullable(ErrorBody),
  waiting: nullable(Type.String({ description: 'why nothing moves, where that is known' })),
});
export type Batch = Static<typeof Batch>;

export const BatchId = Type.Object({ id: Type.String({ format: 'uuid' }) });
export const Worker = Type.Object({
  id: Type.String(),
  host: Type.String(),
  engine: Type.String(),
  version: Type.String(),
  backend: Type.String(),
  concurrency: Type.Integer(),
  state: Type.String(),
  started: Type.String(),
  seen: Type.String(),
  sameEngine: Type.Boolean({ description: 'whether it judges the batches that this server makes now' }),
});
