// Shows where a figure stands while the pointer is on it or it has the focus, and after
// a press until another press or Escape. The popovers are in the page already, and open
// by a click without script.

const FIGURE = "button.sourced";
const GAP = 6;
/** How long the pointer may take from a figure to its popover. */
const LEAVING_MS = 200;

let leaving: ReturnType<typeof setTimeout> | undefined;
/** The place that a press keeps: not every browser gives a pressed button the focus. */
let pinned: HTMLElement | null = null;

export function showPlaces(): void {
  document.addEventListener("pointerover", ({ target }) => {
    const figure = closest(target, FIGURE);
    if (figure !== null) {
      show(figure);
    } else if (closest(target, ".place") !== null) {
      stay();
    }
  });
  document.addEventListener("pointerout", ({ target }) => {
    const figure = closest(target, FIGURE);
    const place = figure === null ? closest(target, ".place") : placeOf(figure);
    if (place !== null && place !== pinned && figure !== document.activeElement) {
      leaving = setTimeout(() => place.hidePopover(), LEAVING_MS);
    }
  });
  document.addEventListener("focusin", ({ target }) => {
    const figure = closest(target, FIGURE);
    if (figure?.matches(":focus-visible")) {
      show(figure);
    }
  });
  document.addEventListener("focusout", ({ target }) => {
    const figure = closest(target, FIGURE);
    if (figure !== null) {
      placeOf(figure)?.hidePopover();
    }
  });
  document.addEventListener("click", (event) => {
    const figure = closest(event.target, FIGURE);
    if (figure !== null) {
      event.preventDefault(); // It is shown: a click would hide it.
      show(figure);
      pinned = placeOf(figure);
    }
  });
  // Whatever hides it, also the browser itself: Escape, a press elsewhere, another place.
  document.addEventListener(
    "toggle",
    (event) => {
      if (event.target === pinned && (event as ToggleEvent).newState === "closed") {
        pinned = null;
      }
    },
    { capture: true }, // It does not bubble.
  );
}

function show(figure: HTMLElement): void {
  stay();
  const place = placeOf(figure);
  if (place === null || place.matches(":popover-open")) {
    return;
  }
  place.classList.add("beside");
  place.showPopover();
  const from = figure.getBoundingClientRect();
  const own = place.getBoundingClientRect();
  const room = document.documentElement.clientWidth - own.width - GAP;
  const isBelow = from.bottom + GAP + own.height <= innerHeight || from.top < own.height;
  const top = isBelow ? from.bottom + GAP : from.top - GAP - own.height;
  place.style.left = `${scrollX + Math.max(GAP, Math.min(from.left, room))}px`;
  place.style.top = `${scrollY + top}px`;
}

function stay(): void {
  clearTimeout(leaving);
}

function placeOf(figure: HTMLElement): HTMLElement | null {
  return document.getElementById(figure.getAttribute("popovertarget") ?? "");
}

function closest(target: EventTarget | null, selector: string): HTMLElement | null {
  return target instanceof Element ? target.closest<HTMLElement>(selector) : null;
}
