// What must happen before the page is drawn, so that nothing flashes: a classic script in the head.
// It says that scripts run (see .without-scripts in utilities.css) and sets the palette that the visitor chose.
document.documentElement.dataset.scripts = "";
try {
  const chosen = localStorage.getItem("eportal.palette");
  if (chosen === "dark" || chosen === "light") document.documentElement.dataset.palette = chosen;
} catch {
  // Storage is blocked: the palette follows the system.
}
