import { DuckDBInstance } from '@duckdb/node-api'
import type { DemoQuestion } from './demo-questions.ts'
import { formatTable } from './print-table.ts'
import type { Colors } from './terminal.ts'

/** Asks a DuckDB file questions, read-only, and gives each with its query and its answer as a table. No writer may hold the file. */
export async function answerQuestions(
  file: string,
  questions: readonly DemoQuestion[],
  colors: Colors,
): Promise<readonly string[]> {
  const instance = await DuckDBInstance.create(file, { access_mode: 'READ_ONLY' })
  const connection = await instance.connect()
  try {
    const answers: string[] = []
    for (const { question, sql } of questions) {
      const reader = await connection.runAndReadAll(sql)
      const rows = reader.getRowsJson()
      answers.push(
        [
          `  ${colors.bold(question)}`,
          ...sql.split('\n').map((line) => `    ${colors.dim(line)}`),
          '',
          formatAnswer(reader.columnNames(), rows, colors),
        ].join('\n'),
      )
    }
    return answers
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}

function formatAnswer(
  names: readonly string[],
  rows: readonly (readonly unknown[])[],
  colors: Colors,
): string {
  if (rows.length === 0) return `  ${colors.dim('(no rows)')}`
  const formats = names.map((_, index) => columnFormat(rows.map((row) => row[index])))
  const columns = names.map((title, index) => ({ title, align: formats[index]?.align }))
  const cells = rows.map((row) => row.map((value, index) => formats[index]?.format(value) ?? ''))
  return formatTable(columns, cells, colors)
}

interface ColumnFormat {
  readonly align: 'left' | 'right'
  format(value: unknown): string
}

/** Numbers stand on the right, with a decimal in all cells where one cell has it. */
function columnFormat(values: readonly unknown[]): ColumnFormat {
  const numbers = values.filter((value) => value !== null)
  if (!numbers.every(isNumber))
    return { align: 'left', format: (value) => (typeof value === 'string' ? value : '–') }
  const digits = numbers.every((value) => Number.isInteger(Number(value))) ? 0 : 1
  const options = { minimumFractionDigits: digits, maximumFractionDigits: digits }
  return {
    align: 'right',
    format: (value) => (value === null ? '–' : Number(value).toLocaleString('en-US', options)),
  }
}

/** DuckDB gives 64-bit integers as text in JSON. */
function isNumber(value: unknown): boolean {
  return typeof value === 'number' || (typeof value === 'string' && /^-?\d+$/.test(value))
}
