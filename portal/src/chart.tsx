// How long the stages took, as horizontal bars; drawn with plain attributes so that a saved file looks the same.
import { render } from "preact";
import { useEffect, useRef, useState } from "preact/hooks";
import type { Stage } from "./api.ts";
import { timeAxis } from "./axis.ts";
import { duration, number } from "./format.ts";
import { savePng, saveSvg } from "./save.ts";

interface Ink {
  text: string;
  line: string;
  paper: string;
}

const ON_PAGE: Ink = { text: "var(--ink)", line: "var(--line)", paper: "none" };
const ON_PAPER: Ink = { text: "#1b2730", line: "#c9d2d8", paper: "#ffffff" };
const FONT = "system-ui, -apple-system, 'Segoe UI', Roboto, 'Liberation Sans', sans-serif";
const ROW = 26;
const TOP = 8;
const BOTTOM = 42;
const SAVED_WIDTH = 720;

interface ChartProps {
  stages: readonly Stage[];
  colours: ReadonlyMap<string, string>;
  title: string;
}

export function StageChart(props: ChartProps & { file: string }) {
  const frame = useRef<HTMLDivElement>(null);
  const [width, setWidth] = useState(SAVED_WIDTH);
  useEffect(() => {
    const element = frame.current;
    if (element === null) {
      return;
    }
    const observer = new ResizeObserver(() => setWidth(Math.max(280, Math.min(1200, Math.floor(element.clientWidth)))));
    observer.observe(element);
    return () => observer.disconnect();
  }, []);
  const timed = props.stages.filter((stage) => typeof stage.seconds === "number");
  if (timed.length === 0) {
    return null;
  }
  const save = (how: (svg: SVGSVGElement) => void) => {
    const sheet = document.createElement("div");
    render(<Bars {...props} stages={timed} width={SAVED_WIDTH} ink={ON_PAPER} />, sheet);
    const svg = sheet.querySelector("svg");
    if (svg !== null) {
      how(svg);
    }
  };
  return (
    <figure class="chart">
      <div ref={frame}>
        <Bars {...props} stages={timed} width={width} ink={ON_PAGE} />
      </div>
      <figcaption>
        <span>{props.title}: the rows of the table above, in its order. Save the table for the numbers.</span>
        <span class="buttons">
          <button type="button" onClick={() => save((svg) => saveSvg(`${props.file}.svg`, svg))}>
            Save as SVG
          </button>
          <button type="button" onClick={() => save((svg) => void savePng(`${props.file}.png`, svg))}>
            Save as PNG
          </button>
        </span>
      </figcaption>
    </figure>
  );
}

function Bars(props: ChartProps & { width: number; ink: Ink }) {
  const { stages, colours, width, ink } = props;
  const longest = Math.max(...stages.map((stage) => stage.seconds ?? 0));
  const axis = timeAxis(longest, width < 480 ? 3 : 5);
  const end = (axis.ticks.at(-1) ?? 1) * axis.seconds;
  const left = Math.min(210, Math.round(width * 0.38));
  const right = 74;
  const scale = (seconds: number) => (seconds / end) * (width - left - right);
  const bottom = TOP + stages.length * ROW;
  const height = bottom + BOTTOM;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      role="img"
      aria-label={`${props.title}: ${stages.map((stage) => `${label(stage)} ${duration(stage.seconds)}`).join(", ")}`}
      font-family={FONT}
      font-size="13"
      fill={ink.text}
    >
      {ink.paper !== "none" && <rect width={width} height={height} fill={ink.paper} />}
      {axis.ticks.map((tick) => {
        const x = left + scale(tick * axis.seconds);
        return (
          <g key={tick}>
            <line x1={x} x2={x} y1={TOP} y2={bottom} stroke={ink.line} stroke-width="1" />
            <text x={x} y={bottom + 16} text-anchor="middle" font-size="12">
              {number(tick, 6)}
            </text>
          </g>
        );
      })}
      <text x={left + scale(end) / 2} y={bottom + 34} text-anchor="middle" font-size="12">
        time ({axis.unit})
      </text>
      {stages.map((stage, index) => {
        const y = TOP + index * ROW;
        const length = Math.max(1.5, scale(stage.seconds ?? 0));
        return (
          <g key={index}>
            <text x={left - 10} y={y + ROW / 2} text-anchor="end" dominant-baseline="central">
              {clip(label(stage), left)}
            </text>
            <rect x={left} y={y + 5} width={length} height={ROW - 10} rx="1.5" fill={colours.get(stage.verb)} />
            <text x={left + length + 7} y={y + ROW / 2} dominant-baseline="central" font-size="12">
              {duration(stage.seconds)}
            </text>
          </g>
        );
      })}
    </svg>
  );
}

function label(stage: Stage): string {
  return stage.part ? `${stage.verb} ${stage.part}` : stage.verb;
}

function clip(text: string, width: number): string {
  const most = Math.max(8, Math.floor((width - 10) / 7.6));
  return text.length <= most ? text : `${text.slice(0, most - 1)}…`;
}
