// The drawing that the server made becomes one that can be moved; without this script it stays.
const place = document.getElementById("drawing");

function script(source) {
  return new Promise((resolve, reject) => {
    const made = document.createElement("script");
    made.src = source;
    made.onload = resolve;
    made.onerror = reject;
    document.head.append(made);
  });
}

async function draw() {
  await script("/static/vendor/cytoscape.min.js");
  await script("/static/vendor/cytoscape-dagre.min.js");
  const elements = await (await fetch(place.dataset.source)).json();
  place.replaceChildren();
  place.classList.add("live");
  const graph = cytoscape({
    container: place,
    elements,
    layout: { name: "dagre", rankDir: "LR", nodeSep: 24, rankSep: 56 },
    style: [
      { selector: "node", style: {
        shape: "round-rectangle", width: 170, height: 46, "background-color": "#fff",
        "border-width": 1, "border-color": "#556", label: "data(label)", "text-wrap": "wrap",
        "text-max-width": 160, "text-valign": "center", "font-size": 11, color: "#111" } },
      { selector: "edge", style: {
        width: 1, "line-color": "#667", "target-arrow-color": "#667",
        "target-arrow-shape": "triangle", "curve-style": "bezier" } },
    ],
  });
  const picture = document.getElementById("png");
  picture.href = graph.png({ full: true, bg: "#fff" });
  picture.hidden = false;
  place.dataset.drawn = String(graph.nodes().length);
}

draw().catch((error) => console.warn("the drawing cannot be moved:", error));
