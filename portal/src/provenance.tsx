// What made a stage's output: its inputs with their digests, its parameters, its figures.
import type { ComponentChildren } from "preact";
import type { Stage } from "./api.ts";
import { NONE, words } from "./format.ts";

export function Provenance({ stage }: { stage: Stage }) {
  const inputs = stage.inputs ?? [];
  return (
    <div class="provenance">
      <Facts title="Figures" value={stage.figures} readable />
      <Facts title="Parameters" value={stage.parameters} />
      <section>
        <h3>Inputs</h3>
        {inputs.length === 0 ? (
          <p>None</p>
        ) : (
          <ul>
            {inputs.map((input, index) => (
              <li key={index}>
                <code>{input.path}</code>
                {input.sha256 && (
                  <small>
                    SHA-256 <code>{input.sha256}</code>
                  </small>
                )}
              </li>
            ))}
          </ul>
        )}
      </section>
    </div>
  );
}

function Facts({ title, value, readable = false }: { title: string; value: unknown; readable?: boolean }) {
  const entries = isObject(value) ? Object.entries(value) : [];
  let content: ComponentChildren;
  if (entries.length > 0) {
    content = (
      <dl>
        {entries.map(([key, entry]) => (
          <div key={key}>
            <dt>{readable ? words(key) : <code>{key}</code>}</dt>
            <dd>{readable && typeof entry === "number" ? figure(entry) : plain(entry)}</dd>
          </div>
        ))}
      </dl>
    );
  } else {
    content = <p>{value === null || value === undefined || isObject(value) ? "None" : plain(value)}</p>;
  }
  return (
    <section>
      <h3>{title}</h3>
      {content}
    </section>
  );
}

function figure(value: number): string {
  return value.toLocaleString("en-US", { maximumFractionDigits: 4 });
}

function plain(value: unknown): ComponentChildren {
  if (value === null || value === undefined) {
    return NONE;
  }
  const text = typeof value === "string" ? value : JSON.stringify(value, null, isDeep(value) ? 2 : 0);
  return isDeep(value) ? <pre>{text}</pre> : <code>{text}</code>;
}

function isDeep(value: unknown): boolean {
  return typeof value === "object" && value !== null && JSON.stringify(value).length > 60;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
