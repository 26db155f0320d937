// <survey-answers><form>… <div class="survey-question" data-shown-if="q2" data-choice="1">…</div></form></survey-answers>
// Hides what hangs on an answer that was not given. Without it everything is shown, and says on what it hangs; what is
// hidden and filled in is left out by the server.
class SurveyAnswers extends HTMLElement {
  connectedCallback() {
    this.addEventListener("change", () => this.#look())
    this.#look()
  }

  // In the order of the questions: what hangs on a hidden question is hidden too.
  #look() {
    for (const question of this.querySelectorAll("[data-shown-if]")) {
      const { shownIf, choice } = question.dataset
      const chosen = [...this.querySelectorAll(`[name="${shownIf}"]:checked`)].find((field) => field.value === choice)
      question.hidden = !chosen || chosen.closest(".survey-question").hidden
    }
  }
}

customElements.define("survey-answers", SurveyAnswers)
