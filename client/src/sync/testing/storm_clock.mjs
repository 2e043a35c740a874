// The device's clock may be wrong: everything that asks for the time gets it from here. Imported before all else.
const Real = globalThis.Date;
globalThis.clockAhead = 0;

globalThis.Date = class Date extends Real {
  constructor(...given) {
    if (given.length === 0) super(Real.now() + globalThis.clockAhead);
    else super(...given);
  }

  static now() {
    return Real.now() + globalThis.clockAhead;
  }
};
