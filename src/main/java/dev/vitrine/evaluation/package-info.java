/**
 * Tries a draft of the rule book before it serves anybody: preview, backtest, shadow, and recent visits for a check.
 * And compares the shop's own model with the built-in one.
 */
package dev.vitrine.evaluation;
