/** What a decision starts from: the checked request, the settings (time budgets among them), the candidates and the facts. */
package dev.vitrine.decision.context;
