// Blazor gives up after some tries, and a server that was started again knows nothing of this page. Either way a fresh page goes on
// with the same talk, which the browser remembers.
const lookEveryMs = 2000;

document.getElementById('components-reconnect-modal').addEventListener('components-reconnect-state-changed', ({ detail }) => {
  if (detail.state === 'rejected') location.reload();
  if (detail.state === 'failed') comeBack();
});

async function comeBack() {
  const answered = await fetch('alive').then(({ ok }) => ok, () => false);
  if (answered) location.reload();
  else setTimeout(comeBack, lookEveryMs);
}
