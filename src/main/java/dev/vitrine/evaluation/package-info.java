/** Tries a draft of the rule book before it serves anybody: preview, backtest, shadow, and recent visits for a check. */
package dev.vitrine.evaluation;
