// The start page: what the dataset is, what people edited, how it came about, how good it is, and the way into the viewer.
import { useCallback, useEffect, useState } from "preact/hooks";
import { Accuracy } from "./accuracy.tsx";
import { type Dataset, Problem, loadDataset } from "./api.ts";
import { Data } from "./data.tsx";
import { Edits } from "./edits.tsx";
import { safeAddress } from "./format.ts";
import { Overview } from "./overview.tsx";
import { Stages } from "./stages.tsx";
import { Tables } from "./tables.tsx";

const ADDRESS = "/api/v1/dataset";

type State = { kind: "loading" } | { kind: "failed"; problem: Problem } | { kind: "ready"; dataset: Dataset };

export function App() {
  const [state, setState] = useState<State>({ kind: "loading" });
  const load = useCallback(() => {
    setState({ kind: "loading" });
    loadDataset(ADDRESS).then(
      (dataset) => {
        document.title = `${dataset.title || dataset.name} · Neuropil`;
        setState({ kind: "ready", dataset });
      },
      (error: unknown) => {
        document.title = "Neuropil";
        const problem = error instanceof Problem ? error : new Problem(String(error), ADDRESS, "");
        setState({ kind: "failed", problem });
      },
    );
  }, []);
  useEffect(load, []);

  return (
    <>
      <a class="skip" href="#main">
        Skip to the content
      </a>
      <header class="bar">
        <div class="inner">
          <a class="brand" href="/">
            <img src="favicon.svg" alt="" width="26" height="26" />
            Neuropil
          </a>
          {state.kind === "ready" && (
            <nav aria-label="On this page">
              {(state.dataset.parts ?? []).some((part) => part.kind === "graph") && <a href="#edits">Edits</a>}
              <a href="#tables">Tables</a>
              <a href="#data">Data</a>
              <a href="#accuracy">Accuracy</a>
              <a href="#stages">Stages</a>
            </nav>
          )}
        </div>
      </header>
      <main id="main" tabIndex={-1} aria-busy={state.kind === "loading"}>
        {state.kind === "loading" && <Loading />}
        {state.kind === "failed" && <Failed problem={state.problem} onRetry={load} />}
        {state.kind === "ready" && <Page dataset={state.dataset} />}
      </main>
      <Footer dataset={state.kind === "ready" ? state.dataset : undefined} />
    </>
  );
}

function Loading() {
  return (
    <p class="loading" role="status">
      Loading the dataset …
    </p>
  );
}

function Failed(props: { problem: Problem; onRetry: () => void }) {
  const { problem } = props;
  return (
    <section class="failed" role="alert">
      <h1>The dataset cannot be shown</h1>
      <p class="what">{problem.message}</p>
      <dl>
        <dt>Where</dt>
        <dd>
          <code>{problem.where}</code>
        </dd>
        {problem.hint && (
          <>
            <dt>What to do</dt>
            <dd>{problem.hint}</dd>
          </>
        )}
      </dl>
      <button type="button" onClick={props.onRetry}>
        Try again
      </button>
    </section>
  );
}

function Page({ dataset }: { dataset: Dataset }) {
  return (
    <>
      <Overview dataset={dataset} />
      <Edits dataset={dataset} />
      <Tables dataset={dataset} />
      <Data dataset={dataset} />
      <Accuracy dataset={dataset} />
      <Stages dataset={dataset} />
    </>
  );
}

function Footer({ dataset }: { dataset: Dataset | undefined }) {
  const licenceAddress = safeAddress(dataset?.licence_url);
  const licence = dataset?.licence || licenceAddress;
  return (
    <footer>
      <div class="inner">
        {dataset?.attribution && (
          <p>
            <strong>Data:</strong> {dataset.attribution}
          </p>
        )}
        {licence && (
          <p>
            <strong>Licence of the data:</strong>{" "}
            {licenceAddress ? (
              <a href={licenceAddress} rel="license">
                {licence}
              </a>
            ) : (
              licence
            )}
          </p>
        )}
        <p>
          {dataset?.software ?? "Neuropil"} · <a href="/api/v1/dataset">This page as JSON</a> ·{" "}
          <a href="THIRD-PARTY.txt">Third-party software</a>
        </p>
      </div>
    </footer>
  );
}
