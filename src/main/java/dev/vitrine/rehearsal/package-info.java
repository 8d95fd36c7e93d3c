/** Tries a draft of the rule book before it serves anybody: preview, backtest and shadow. */
package dev.vitrine.rehearsal;
