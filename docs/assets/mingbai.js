// For the printed page: its full address and the day. Everything else works without a script.
addEventListener("beforeprint", () => {
  const address = document.querySelector("[data-mb-address]");
  const printed = document.querySelector("[data-mb-printed]");
  if (address) address.textContent = location.href.split("#")[0];
  if (printed) {
    const day = new Date();
    const two = (number) => String(number).padStart(2, "0");
    printed.lastElementChild.textContent = `${day.getFullYear()}-${two(day.getMonth() + 1)}-${two(day.getDate())}`;
    printed.hidden = false;
  }
});
