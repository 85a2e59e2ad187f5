// The value of a digit of any script: the digits of a script are in a row, from zero.
const digit = (letter) => {
  let value = 0;
  while (value < 9 && /\p{Nd}/u.test(String.fromCodePoint(letter.codePointAt(0) - value - 1))) value += 1;
  return value;
};
