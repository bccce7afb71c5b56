// Small pieces that several parts of the page are made of.
import type { ComponentChildren } from "preact";

export function Category({ name, colour }: { name: string; colour: string | undefined }) {
  return (
    <span class="category">
      <svg width="10" height="10" aria-hidden="true">
        <rect width="10" height="10" rx="2" fill={colour ?? "currentColor"} />
      </svg>
      {name}
    </span>
  );
}

export function Empty({ children }: { children: ComponentChildren }) {
  return <p class="empty">{children}</p>;
}
