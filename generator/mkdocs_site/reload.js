// Reloads a page of the preview when something has changed. The server answers when that is so, or after a while.
const shown = new URL(document.currentScript.src).searchParams.get("version");

async function follow() {
  for (;;) {
    try {
      const answer = await fetch(`/_preview/version?shown=${shown}`);
      if (answer.ok && (await answer.text()) !== shown) {
        location.reload();
        return;
      }
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 1000)); // the preview was stopped: it may come back
    }
  }
}

follow();
