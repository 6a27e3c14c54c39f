// Keys of the console, besides those of every page. Everything here can be done without them.
//   p c a n  on a voter: pour, contre, abstention, ne prend pas part     g  with the group
//   u  go to « Adopté à l'unanimité »     s  next report

const OFF = "hemicycle.shortcuts.off";
const VOTES = { p: "for", c: "against", a: "abstention", n: "no_part", g: "" };

const isTyping = (target) => target.matches("input:not([type=checkbox], [type=radio]), textarea, select");

function cast(voter, value) {
  const radio = [...voter.querySelectorAll("input[type=radio]")].find((input) => input.value === value);
  if (!radio) return;
  radio.checked = true;
  radio.focus();
  radio.dispatchEvent(new Event("change", { bubbles: true }));
}

document.addEventListener("keydown", (event) => {
  if (localStorage.getItem(OFF) === "1" || event.ctrlKey || event.metaKey || event.altKey || isTyping(event.target)) return;
  const voter = event.target.closest("[data-voter]");
  if (voter && event.key in VOTES) {
    event.preventDefault();
    cast(voter, VOTES[event.key]);
  } else if (event.key === "u") {
    document.querySelector("[data-unanimous]")?.focus();
  } else if (event.key === "s") {
    document.querySelector("[data-next]")?.focus();
  }
});
