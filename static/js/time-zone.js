// The browser knows where it is; choose that place unless the person already did.
const select = document.querySelector("select[data-zone]");
if (select && (select.value === "UTC" || select.value === "")) {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  const names = (option) => [option.value, ...(option.dataset.formerly ?? "").split(" ")];
  const place = [...select.options].find((option) => names(option).includes(guess));
  if (place) select.value = place.value;
}
