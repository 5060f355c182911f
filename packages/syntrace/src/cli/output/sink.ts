import { stringify } from 'csv-stringify/sync';
import { isFailedRow, type Row } from '../../rows.js';
import { tableHeader, tableLine } from './table.js';

/** Where rows go as they come; `end` writes what needs all of them. */
export interface RowSink {
  row(row: Row): void;
  end(): void;
}

export type OutputFormat = 'table' | 'json' | 'ndjson' | 'csv';

const write = (text: string): void => void process.stdout.write(text);

export function rowSink(format: OutputFormat): RowSink {
  return { table: tableSink, json: jsonSink, ndjson: ndjsonSink, csv: csvSink }[format]();
}

const ndjsonSink = (): RowSink => ({ row: row => write(`${JSON.stringify(row)}\n`), end() {} });

function jsonSink(): RowSink {
  let first = true;
  return {
    row(row) {
      write(`${first ? '[\n' : ',\n'}${JSON.stringify(row)}`);
      first = false;
    },
    end: () => write(first ? '[]\n' : '\n]\n'),
  };
}

const COLUMNS = ['path', 'width', 'height', 'verdict', 'probability', 'score', 'threshold', 'real_share', 'error_code', 'error_message'] as const;

function csvSink(): RowSink {
  write(stringify([[...COLUMNS]]));
  return {
    row(row) {
      const values = isFailedRow(row)
        ? [row.path, '', '', '', '', '', '', '', row.error.code, row.error.message]
        : [row.path, row.width, row.height, row.verdict, row.probability, row.score, row.threshold, row.realShare, '', ''];
      write(stringify([values]));
    },
    end() {},
  };
}

function tableSink(): RowSink {
  write(`${tableHeader()}\n`);
  return { row: row => write(`${tableLine(row)}\n`), end() {} };
}
