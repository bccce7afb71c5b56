// The little of Neuroglancer that the viewer's entry calls; the package's own declarations need its whole source tree.
declare module "neuroglancer";

declare module "neuroglancer/unstable/ui/default_viewer_setup.js" {
  export function setupDefaultViewer(): unknown;
}
