// The buttons that copy a citation.

const SHOWN_MS = 4000;

export function offerCopies(): void {
  const told = document.createElement("p");
  told.setAttribute("role", "status");
  told.className = "unseen";
  document.body.append(told);
  for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copies]")) {
    const text = document.getElementById(button.dataset["copies"] ?? "");
    const name = button.textContent;
    button.addEventListener("click", async () => {
      if (text === null) {
        return;
      }
      const said = (await copied(text)) ? "Copied" : "Selected: copy it now";
      button.textContent = told.textContent = said;
      setTimeout(() => {
        button.textContent = name;
        told.textContent = "";
      }, SHOWN_MS);
    });
  }
}

/** Copy a text, or select it where a page that came over plain HTTP may not copy. */
async function copied(text: HTMLElement): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text.textContent);
    return true;
  } catch {
    getSelection()?.selectAllChildren(text);
    return false;
  }
}
