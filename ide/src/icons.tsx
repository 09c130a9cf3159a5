// Icons in the manner of GraphiQL's own; each button has its name beside it.
import type { ReactNode } from "react";

function Icon({ children }: { children: ReactNode }) {
  return (
    <svg
      viewBox="0 0 24 24"
      height="1em"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      {children}
    </svg>
  );
}

export function ExamplesIcon() {
  return (
    <Icon>
      <path d="M12 6.5C10 4.8 7 4.5 3.5 4.5v13c3.5 0 6.5.3 8.5 2 2-1.7 5-2 8.5-2v-13c-3.5 0-6.5.3-8.5 2Zm0 0v13" />
    </Icon>
  );
}

export function ProvenanceIcon() {
  return (
    <Icon>
      <circle cx="5.5" cy="6" r="2.5" />
      <circle cx="5.5" cy="18" r="2.5" />
      <circle cx="18.5" cy="12" r="2.5" />
      <path d="M8 6h3c3 0 2.5 6 5 6M8 18h3c3 0 2.5-6 5-6" />
    </Icon>
  );
}

export function ShareIcon() {
  return (
    <Icon>
      <path d="M12 15V3.5m0 0L8 7.5m4-4 4 4M7 11H5.5v9.5h13V11H17" />
    </Icon>
  );
}
