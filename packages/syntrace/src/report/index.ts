export type { ReportEntry, ReportPicture, ReportSummary } from './entry.js';
export { renderReport } from './render-report.js';
