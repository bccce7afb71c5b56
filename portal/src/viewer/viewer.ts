// Neuroglancer as it is, with two things added: opened without a state it shows the server's dataset, and its
// windows are titled as Neuropil's.
import "neuroglancer";
import { setupDefaultViewer } from "neuroglancer/unstable/ui/default_viewer_setup.js";

const TITLE = "Neuropil viewer";

/** Neuroglancer writes "NAME - neuroglancer" into the title; this turns it into "NAME - Neuropil viewer". */
function keepTitle(): void {
  const rename = () => {
    const wanted = document.title.replace(/neuroglancer$/, TITLE);
    if (wanted !== document.title) {
      document.title = wanted;
    }
  };
  const element = document.querySelector("title");
  if (element !== null) {
    new MutationObserver(rename).observe(element, { childList: true, characterData: true, subtree: true });
  }
}

/** The state that the server proposes for its dataset, as a "#!…" fragment, or nothing. */
async function proposedState(): Promise<string> {
  try {
    const response = await fetch("/api/v1/dataset", { signal: AbortSignal.timeout(5000) });
    const dataset = (await response.json()) as { viewer?: unknown };
    const link = typeof dataset.viewer === "string" ? dataset.viewer : "";
    const start = link.indexOf("#!");
    return response.ok && start >= 0 ? link.slice(start) : "";
  } catch {
    return ""; // Served without a Neuropil server: an empty viewer is what there is to show.
  }
}

async function start(): Promise<void> {
  if (location.hash.length <= 2) {
    const state = await proposedState();
    if (state !== "") {
      history.replaceState(null, "", state);
    }
  }
  keepTitle();
  setupDefaultViewer();
}

void start();
