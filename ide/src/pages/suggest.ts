// Suggestions below the search box. The form works without them.
import { type Offer, offers } from "./hits";

const WAIT_MS = 120;

export function suggest(form: HTMLFormElement): void {
  const input = form.querySelector<HTMLInputElement>("input[type=search]");
  if (input !== null) {
    new Suggestions(form, input).start();
  }
}

class Suggestions {
  private readonly list = document.createElement("ul");
  private readonly release: string | null;
  private timer: ReturnType<typeof setTimeout> | undefined;
  private asked = new AbortController();
  private chosen = -1;

  constructor(
    private readonly form: HTMLFormElement,
    private readonly input: HTMLInputElement,
  ) {
    this.release =
      form.querySelector<HTMLInputElement>("[name=release]")?.value ?? null;
  }

  start(): void {
    this.list.id = "suggested";
    this.list.className = "suggested";
    this.list.setAttribute("role", "listbox");
    this.list.setAttribute("aria-label", "Suggestions");
    this.list.hidden = true;
    this.form.append(this.list);
    this.input.setAttribute("role", "combobox");
    this.input.setAttribute("aria-autocomplete", "list");
    this.input.setAttribute("aria-controls", this.list.id);
    this.input.setAttribute("aria-expanded", "false");
    this.input.addEventListener("input", () => this.typed());
    this.input.addEventListener("keydown", (event) => this.pressed(event));
    this.input.addEventListener("blur", () => this.show([]));
    // The box keeps the focus, so that a press on an offer does not close the list.
    this.list.addEventListener("pointerdown", (event) => event.preventDefault());
    this.list.addEventListener("click", ({ target }) => {
      if (target instanceof Element) {
        this.go(target.closest("li"));
      }
    });
  }

  private typed(): void {
    clearTimeout(this.timer);
    this.asked.abort();
    const query = this.input.value.trim();
    if (query === "") {
      this.show([]);
      return;
    }
    this.timer = setTimeout(() => void this.ask(query), WAIT_MS);
  }

  private async ask(query: string): Promise<void> {
    this.asked = new AbortController();
    const { signal } = this.asked;
    const endpoint = this.form.dataset["endpoint"] ?? "graphql";
    try {
      const found = await offers(endpoint, query, this.release, signal);
      if (!signal.aborted && document.activeElement === this.input) {
        this.show(found);
      }
    } catch {
      this.show([]); // Given up, or the service is away: the form still works.
    }
  }

  private show(found: readonly Offer[]): void {
    this.list.replaceChildren(...found.map((offer, place) => this.item(offer, place)));
    this.list.hidden = found.length === 0;
    this.input.setAttribute("aria-expanded", String(found.length > 0));
    this.choose(-1);
  }

  private item({ address, words, kind }: Offer, place: number): HTMLLIElement {
    const item = document.createElement("li");
    item.id = `suggested-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", "false");
    const chosen =
      this.release === null ? "" : `?release=${encodeURIComponent(this.release)}`;
    item.dataset["address"] = `${this.form.dataset["root"] ?? ""}${address}${chosen}`;
    const about = document.createElement("small");
    about.textContent = kind;
    item.append(words, " ", about);
    return item;
  }

  private pressed(event: KeyboardEvent): void {
    const items = this.list.children.length;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (items > 0 && step !== undefined) {
      event.preventDefault();
      // The box itself is one of the places that the arrows go round.
      this.choose(((this.chosen + 1 + step + items + 1) % (items + 1)) - 1);
    } else if (event.key === "Enter" && this.chosen >= 0) {
      event.preventDefault();
      this.go(this.list.children[this.chosen] ?? null);
    } else if (event.key === "Escape" && items > 0) {
      event.preventDefault();
      this.show([]);
    }
  }

  private choose(place: number): void {
    this.chosen = place;
    for (const [index, item] of [...this.list.children].entries()) {
      item.setAttribute("aria-selected", String(index === place));
    }
    const item = this.list.children[place];
    if (item === undefined) {
      this.input.removeAttribute("aria-activedescendant");
      return;
    }
    this.input.setAttribute("aria-activedescendant", item.id);
    item.scrollIntoView({ block: "nearest" });
  }

  private go(item: Element | null): void {
    const address = item instanceof HTMLElement ? item.dataset["address"] : undefined;
    if (address !== undefined) {
      location.assign(address);
    }
  }
}
