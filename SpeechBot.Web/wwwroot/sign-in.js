// The code for phones carries the key behind the #: a browser keeps that part to itself, so no server and no log sees it.
const key = new URLSearchParams(location.hash.slice(1)).get('key');
const form = document.querySelector('form');
if (key && form) {
  history.replaceState(null, '', location.pathname);
  form.elements.key.value = key;
  form.requestSubmit();
}
