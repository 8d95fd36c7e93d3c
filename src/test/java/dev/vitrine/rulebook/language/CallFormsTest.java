package dev.vitrine.rulebook.language;

import static org.assertj.core.api.Assertions.assertThat;

import dev.vitrine.merchandising.Shelf;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What messages say of a call is what the call takes. */
class CallFormsTest {
    static Stream<Method> calls() {
        Stream<Method> verbs = Arrays.stream(Shelf.class.getDeclaredMethods());
        Stream<Method> functions = Vocabulary.imported().stream()
                .filter(type -> !type.isEnum())
                .flatMap(type -> Vocabulary.functions(type).stream());
        Stream<Method> words = Vocabulary.facts().stream()
                .flatMap(fact -> Arrays.stream(fact.getDeclaredMethods()))
                .filter(method -> Modifier.isPublic(method.getModifiers()) && !Modifier.isStatic(method.getModifiers()))
                .filter(method ->
                        method.getParameterCount() > 0 && !method.getName().equals("equals"));
        return Stream.of(verbs, functions, words).flatMap(some -> some).filter(method -> !method.isSynthetic());
    }

    @ParameterizedTest
    @MethodSource("calls")
    void aFormTakesWhatTheCallTakes(Method call) {
        CallForms.Form form = CallForms.of(call.getName());
        assertThat(form).isNotNull();
        assertThat(form.arguments()).hasSameSizeAs(call.getParameterTypes());
        for (int i = 0; i < call.getParameterCount(); i++) {
            Class<?> type = call.getParameterTypes()[i];
            assertThat(form.arguments().get(i).kind().takes(type))
                    .as("%s takes %s", call, form)
                    .isTrue();
            if (type == int.class) {
                assertThat(form.arguments().get(i).kind()).isEqualTo(CallForms.Kind.WHOLE);
            }
        }
    }
}
