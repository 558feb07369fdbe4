/** The size of the photograph that the program is measured on: 24 megapixels. */
export const WIDTH = 6000;
export const HEIGHT = 4000;
