// The form becomes an editor with the graph's own prefixes; without this script it stays a form.
const form = document.getElementById("plain");
const place = document.getElementById("editor");

function edit() {
  const query = form.elements.query.value;
  Yasgui.Yasqe.defaults.prefixCcApi = "/prefixes.json";
  Yasgui.Yasqe.defaults.value = query;
  form.hidden = true;
  place.hidden = false;
  const editor = new Yasgui(place, {
    requestConfig: { endpoint: "/sparql", method: "POST" },
    copyEndpointOnNewTab: false,
    persistenceId: null,
    populateFromUrl: false,
    endpointCatalogueOptions: { getData: () => [] },
  });
  editor.getTab().setQuery(query);
  const words = editor.getTab().getYasqe();
  words.getInputField().setAttribute("aria-label", "SPARQL query");
  words.refresh();
}

try {
  edit();
} catch (error) {
  form.hidden = false;
  place.hidden = true;
  console.warn("the editor does not start; the form is there:", error);
}
