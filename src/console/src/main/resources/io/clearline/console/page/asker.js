// Asks one thing at a time, and not too often; what is wanted meanwhile is asked for afterwards.

export class Asker {
  #fetch;
  #take;
  #pauseMillis;
  #state = "idle";
  #closed = false;

  /**
   * @param fetch asks, and gives a promise of the answer
   * @param take is given each answer
   * @param pauseMillis from an answer to the next question
   */
  constructor(fetch, take, pauseMillis) {
    this.#fetch = fetch;
    this.#take = take;
    this.#pauseMillis = pauseMillis;
  }

  async ask() {
    if (this.#state !== "idle") {
      this.#state = "again";
      return;
    }
    this.#state = "asking";
    try {
      const answer = await this.#fetch();
      if (!this.#closed) this.#take(answer);
    } catch {
      // The line above says what is wrong.
    }
    setTimeout(() => {
      const again = this.#state === "again";
      this.#state = "idle";
      if (again && !this.#closed) this.ask();
    }, this.#pauseMillis);
  }

  close() {
    this.#closed = true;
  }
}
