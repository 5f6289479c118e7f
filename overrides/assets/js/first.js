// Work that must happen before the page is drawn, so nothing flashes: a classic script in the head. It marks that
// scripts run (see .without-scripts in typography.css), sets the palette the visitor chose, and makes room for the link
// to a request in progress.
document.documentElement.dataset.scripts = "";
document.documentElement.classList.replace("no-js", "js");
try {
  const chosen = localStorage.getItem("eportal.palette");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.palette = chosen;
  const collected = JSON.parse(localStorage.getItem("eportal.request"));
  if (collected?.length || new URLSearchParams(location.search).has("add")) document.documentElement.dataset.request = "";
} catch {
  // Storage is blocked, so the palette follows the system.
}
