package dev.vitrine.rulebook.schedule;

import dev.vitrine.problem.Problem;
import dev.vitrine.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** What will be live on a given day. */
@Path("/rulebook/calendar")
@Produces({MediaType.APPLICATION_JSON, Problem.MEDIA_TYPE})
@Tag(name = "rulebook")
final class CalendarResource {
    private static final int YEARS_AHEAD_MAX = 10;

    private final RuleCalendar calendar;

    CalendarResource(RuleCalendar calendar) {
        this.calendar = calendar;
    }

    @GET
    @Operation(
            summary = "What will be live on a day: scheduled changes, the staged edition, and each rule by its dates",
            description = "'on' is a day of the shop's, such as 2026-12-01; today when absent. The rules are shown as"
                    + " they stand at the end of that day, if nothing else is published until then.")
    public RuleCalendar.Day day(@QueryParam("on") String on) {
        LocalDate day = on == null ? calendar.today() : day("on", on);
        if (day.isBefore(calendar.today())) {
            throw new ProblemException("on", "is past; GET /rulebook/editions has what was live");
        }
        if (day.isAfter(calendar.today().plusYears(YEARS_AHEAD_MAX))) {
            throw new ProblemException("on", "is more than " + YEARS_AHEAD_MAX + " years ahead");
        }
        return calendar.day(day);
    }

    @GET
    @Path("/entries")
    @Operation(
            summary =
                    "What begins, ends or goes on in a span of days: campaigns, scheduled changes, stages, rules with dates",
            description =
                    "'from' is today when absent; 'until' is a month after it when absent, and at most a year. In the"
                            + " order in which they begin, in the shop's zone.")
    public RuleCalendar.Entries entries(@QueryParam("from") String from, @QueryParam("until") String until) {
        LocalDate first = from == null ? calendar.today() : day("from", from);
        LocalDate last = until == null ? first.plusMonths(1) : day("until", until);
        LocalDate today = calendar.today();
        if (first.isBefore(today.minusYears(YEARS_AHEAD_MAX)) || first.isAfter(today.plusYears(YEARS_AHEAD_MAX))) {
            throw new ProblemException("from", "is more than " + YEARS_AHEAD_MAX + " years away");
        }
        if (last.isBefore(first)) {
            throw new ProblemException("until", "is before 'from', which is " + first);
        }
        if (last.isAfter(first.plusYears(1))) {
            throw new ProblemException("until", "is more than a year after 'from', which is " + first);
        }
        return calendar.entries(first, last);
    }

    private static LocalDate day(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeParseException e) {
            throw new ProblemException(field, "must be a day such as 2026-12-01");
        }
    }
}
