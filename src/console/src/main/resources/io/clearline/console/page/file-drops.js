// Files that are dropped anywhere on the page: else the browser would leave the page and open them.

/** Takes the first file of each drop; while one is held over the page, its body says so. */
export function acceptFiles(take) {
  const carriesFiles = (event) => event.dataTransfer?.types.includes("Files");
  const leave = () => delete document.body.dataset.over;
  document.addEventListener("dragover", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    document.body.dataset.over = "";
  });
  document.addEventListener("dragleave", (event) => {
    // Between two elements of the page is no leaving.
    if (!event.relatedTarget) leave();
  });
  document.addEventListener("drop", (event) => {
    if (!carriesFiles(event)) return;
    event.preventDefault();
    leave();
    if (event.dataTransfer.files[0]) take(event.dataTransfer.files[0]);
  });
}
