// The browser knows where it is; choose that place unless the person already did.
const select = document.querySelector("select[data-zone]");
if (select && (select.value === "UTC" || select.value === "")) {
  const guess = Intl.DateTimeFormat().resolvedOptions().timeZone;
  if ([...select.options].some((option) => option.value === guess)) select.value = guess;
}
