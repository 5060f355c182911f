import type { Problem } from '../engine/protocol.js';

/** What went wrong, and what to do. */
export const ProblemNote = ({ problem }: { problem: Problem }) => (
  <div class="problem" role="alert">
    <p>
      <strong>{problem.message}</strong> <code>{problem.code}</code>
    </p>
    {problem.hint && <p>{problem.hint}</p>}
  </div>
);
