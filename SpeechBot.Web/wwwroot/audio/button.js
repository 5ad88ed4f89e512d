const longPressMs = 400;

// The round button and the space bar. A short press toggles; a long one is held, and letting go ends it. Handled here and not
// on the server because browsers start audio only inside a real press, and because a press must not wait for anything.
export function bindButton(button, onPress, onRelease) {
  const stop = new AbortController();
  const listen = (target, type, handler) => target.addEventListener(type, handler, { signal: stop.signal });
  let pressedAt = 0;
  let handled = false;

  const press = () => {
    pressedAt = performance.now();
    handled = true;
    onPress();
  };
  const release = () => {
    if (pressedAt && performance.now() - pressedAt > longPressMs) onRelease();
    pressedAt = 0;
  };

  listen(button, 'pointerdown', event => {
    if (event.button !== 0) return;
    // A finger that slides off the button still holds it.
    button.setPointerCapture(event.pointerId);
    press();
  });
  listen(button, 'pointerup', release);
  listen(button, 'pointercancel', release);
  listen(button, 'contextmenu', event => event.preventDefault());
  // A screen reader clicks without pointer or key.
  listen(button, 'click', () => {
    if (!handled) onPress();
    handled = false;
  });

  const isOurs = event => (event.code === 'Space' && !takesKeys(event.target)) || (event.target === button && event.code === 'Enter');
  listen(document, 'keydown', event => {
    if (!isOurs(event) || event.ctrlKey || event.altKey || event.metaKey) return;
    event.preventDefault();
    if (!event.repeat) press();
  });
  listen(document, 'keyup', event => {
    if (!isOurs(event)) return;
    // Without this a button that has the focus is clicked as well.
    event.preventDefault();
    handled = false;
    release();
  });

  return () => stop.abort();

  // Fields, other buttons and open dialogs need the space bar for themselves.
  function takesKeys(target) {
    return target !== button && target.closest?.('input, textarea, select, button, a, summary, [contenteditable], [role=dialog], [role=option], [role=menuitem], [role=combobox], [role=switch], [tabindex="0"]');
  }
}
