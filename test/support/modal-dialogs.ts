/** jsdom knows the dialog element but cannot open one; here it opens as a browser's does, as far as these tests look. */

export function letDialogsOpen(): void {
  HTMLDialogElement.prototype.showModal = function show() {
    this.open = true;
  };
  HTMLDialogElement.prototype.close = function close() {
    this.open = false;
  };
}
