// Buttons that copy the text beside them. They are shown only where the browser lets a page write to the clipboard.
for (const button of navigator.clipboard ? document.querySelectorAll("button.copy") : []) {
  const label = button.textContent;
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.parentElement.querySelector("code").textContent);
    button.textContent = button.dataset.copied;
    setTimeout(() => { button.textContent = label; }, 2000);
  });
}
