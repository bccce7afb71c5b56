// Comma-separated values as RFC 4180 has them: what is shown, in plain numbers.
import type { Cell, Column } from "./rows.ts";

export function toCsv<Row>(rows: readonly Row[], columns: readonly Column<Row>[]): string {
  const lines = [columns.map(heading), ...rows.map((row) => columns.map((column) => column.value(row)))];
  return lines.map((line) => `${line.map(field).join(",")}\r\n`).join("");
}

function heading<Row>(column: Column<Row>): string {
  return column.unit ? `${column.key}_${column.unit}` : column.key;
}

function field(cell: Cell): string {
  if (typeof cell === "number") {
    return Number.isFinite(cell) ? String(cell) : "";
  }
  const text = cell ?? "";
  // A spreadsheet would run text that begins like a formula: a quote before it keeps it text.
  const tame = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(tame) || tame !== tame.trim() ? `"${tame.replaceAll('"', '""')}"` : tame;
}
