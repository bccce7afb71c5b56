package org.neuropil.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.Writer;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

import picocli.CommandLine;

class UsageTest {
    private final Session session = new Session();

    static List<String> verbs() {
        CommandLine line = new Cli(new PrintWriter(Writer.nullWriter()), OutputStream.nullOutputStream(),
                new PrintWriter(Writer.nullWriter()),
                name -> null, Terminal.NONE).commandLine();
        Map<String, CommandLine> all = new TreeMap<>(line.getSubcommands());
        List<String> names = new java.util.ArrayList<>(all.keySet());
        names.add("figure section");
        CommandLine graph = Objects.requireNonNull(line.getSubcommands().get("graph"));
        graph.getSubcommands().keySet().forEach(verb -> names.add("graph " + verb));
        Objects.requireNonNull(graph.getSubcommands().get("virtual")).getSubcommands().keySet()
                .forEach(verb -> names.add("graph virtual " + verb));
        for (String group : List.of("table", "version", "traces", "metrics", "coregister")) {
            Objects.requireNonNull(line.getSubcommands().get(group)).getSubcommands().keySet()
                    .forEach(verb -> names.add(group + " " + verb));
        }
        return names;
    }

    @ParameterizedTest
    @MethodSource("verbs")
    void helpOfEveryVerbHasTwoExamples(String verb) {
        assertThat(session.run((Object[]) (verb + " --help").split(" "))).isZero();
        assertThat(session.err).isEmpty();
        String examples = session.out.substring(session.out.indexOf("Examples:"));
        assertThat(examples.lines().filter(line -> line.contains("neuropil"))).hasSizeGreaterThanOrEqualTo(2);
        assertThat(session.out.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
    }

    @Test
    void allVerbsAreThere() {
        assertThat(verbs()).contains("demo", "import", "segment", "mesh", "score", "serve", "info", "figure",
                "completion");
    }

    @Test
    void helpNamesAllVerbs() {
        assertThat(session.run("--help")).isZero();
        assertThat(session.out).contains("demo", "import", "segment", "mesh", "score", "serve", "info");
    }

    @Test
    void versionNamesSoftwareAndJava() {
        assertThat(session.run("--version")).isZero();
        assertThat(session.out).startsWith("Neuropil ").contains("Java ");
        assertThat(session.run("segment", "--version")).isZero();
    }

    @ParameterizedTest
    @CsvSource({"segment --treshold 0.5,--threshold", "segment --min-voxel=3,--min-voxels", "segmnet,segment",
        "dmeo,demo", "serve --prot 80,--port", "figure secton,section", "graph mrege,merge",
        "graph log --usr me,--user", "graph virtual lst,list", "table lst,list", "query a --wher x,--where",
        "version exprt,export", "metrics lst,list", "traces evnts,events"})
    void aMisspeltWordIsAnsweredWithTheNearest(String line, String meant) {
        assertThat(session.run((Object[]) line.split(" "))).isEqualTo(2);
        assertThat(session.out).isEmpty();
        assertThat(session.err).startsWith("neuropil: ").contains("did you mean " + meant + "?").contains("--help");
        assertThat(session.err.lines()).hasSize(2);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', value = {"info --threads 0|--threads 0 is not at least 1",
        "info --memory lots|--memory 'lots'", "info --threads many|invalid value for option '--threads'",
        "info --format yaml|'yaml' is not one of text, json, csv",
        "convert a b --mips buidl|'buidl' is not one of build, copy, none; did you mean build?",
        "components a b --min-size many|'many' is not a whole number",
        "segment --threshold high|'high' is not a number",
        "convert a b --mip fine|'fine' is no mip; write a number", "convert a b --mip -1|'-1' is no mip",
        "cutout a b --box 0,0,0|'0,0,0' is not a box", "cutout a b --unit nm|there is no --box",
        "cutout a b --unit nm --box 0,0,0:1,1,1e9|'1e9' in '0,0,0:1,1,1e9' is not a length",
        "cutout a b --unit um --box 0,0,2:1,1,1|second corner of '0,0,2:1,1,1'",
        "import a --labels --image|--labels and --image", "segment --runner sprak|did you mean spark?",
        "segment --runner=slurm|--runner 'slurm' is not one of spark, threads", "info a b|'b' is one argument too many",
        "import sections|--voxel-size", "import sections --voxel-size 10x10|write for example 10x10x10nm",
        "import sections --voxel-size 0x10x10nm|above zero", "segment --chunk 64|write x,y,z",
        "figure|'section'", "graph|there are ingest,", "graph roots|no id is given",
        "graph roots . x|'x' is no id", "graph roots . 0|id 0 is background", "graph find|no point is given",
        "graph find 1,2|'1,2' is no voxel", "graph find 1,2,3.5|say with --unit what they are",
        "graph find 1,2 --unit nm|write x,y,z in nm", "graph find 1,2,3 @1300|'@1300' is a version",
        "graph find 1,2,3 @noon|'@noon' is no moment", "graph find 1,2,3 17|'17' is an id",
        "graph roots 17@2020-01-01 18@2020-01-02|two moments are given",
        "graph leaves 17 @2020-01-01|a moment is given",
        "graph log --from yesterday|'yesterday' is no moment", "graph log --last 0|--last 0",
        "graph merge --source 1,1,1|--sink", "graph merge --source a --sink 1,1,1|'a' is neither x,y,z nor an id",
        "graph split --pairs --source 1 --source 2 --sink 3|2 and 1", "graph undo|no operation is given",
        "graph undo 1 2|several operations", "graph undo . x|'x' is no number of an operation",
        "graph redo . -- -1|'-1' is no number of an operation",
        "graph undo . 1 --user a\tb|--user 'a?b' is no name of a user",
        "graph backup|no folder for the backup is given",
        "graph virtual add a b c|'c' is one argument too many",
        "graph ingest --threshold 1 --segmentation s|give one of them", "table|there are create,",
        "version|there are create,", "table create a b|--schema",
        "table create . a --schema tag --resolution 1|write for example 10x10x10nm",
        "table create . a --schema tag --resolution 1,1,1 --read all|'all' is not one of private, group, public",
        "table insert a|no file is given", "table list a b|'b' is one argument too many",
        "table delete . a b 1|'b' is no id", "query|no table is given", "query a b c|'c' is one argument too many",
        "query . a@x|'@x' is no moment", "query . a --unit mm|'mm' is not one of voxel, nm, um",
        "query . a --position-unit mm|--position-unit", "partners . x|'x' is no id", "matrix|--types",
        "matrix .@x --types a|'@x' is no moment", "sql .@x y|'@x' is no moment",
        "version create . --number 0|--number 0",
        "version export . x --out y|'x' is no number of a version", "version export . 1|--out",
        "metrics|there are list,", "metrics explain|issing required", "metrics compute|nothing to compute from",
        "metrics compute --null-frames 0 --spontaneous a b|--null-frames 0",
        "metrics compute --samples 10 --level 2 a|--level 2",
        "traces|there are extract,", "traces extract m --masks k --out o --outer 3 --inner 3|--outer 3 is not above",
        "traces demix m --masks k --out o --failed zero|'zero' is neither missing nor raw",
        "traces dff t --out o --method windowed_mdoe|did you mean windowed_mode?",
        "traces dff t --out o --rate 0|--rate: 0.0 is not above 0", "traces dff t|issing required",
        "traces events t --out o --decay -1|--decay: -1.0 is not above 0",
        "traces events t --out o --decay 1 --upsampling 0|1 to 100",
        "traces duplicates --plane a|does not name two files",
        "traces duplicates --plane a,b --plane c,d --jaccard 2|--jaccard: 2.0 is not 0 to 1",
        "traces duplicates --plane a,b|one plane is given",
        "table list --format arrow|--format arrow is for rows of tables",
        "graph merge --source 1,1,1 --sink 2,2,2 --unit mm|'mm' is not one of voxel, nm, um"})
    void wrongUsageIsTold(String line, String words) {
        assertThat(session.run((Object[]) line.split(" "))).isEqualTo(2);
        assertThat(session.out).isEmpty();
        assertThat(session.err).startsWith("neuropil: ").contains(words).doesNotContain("Exception");
    }

    @Test
    void noVerbIsWrongUsage() {
        assertThat(session.run()).isEqualTo(2);
        assertThat(session.err).contains("neuropil demo");
    }

    @Test
    void theEnvironmentGivesCommonOptionsAndTheCommandLineOverridesIt() {
        session.environment.put("NEUROPIL_THREADS", "0");
        assertThat(session.run("info")).isEqualTo(2);
        assertThat(session.err).contains("--threads 0");
        assertThat(session.run("info", "/nowhere", "--threads", "1")).isEqualTo(1);
        session.environment.clear();
        session.environment.put("NEUROPIL_VERBOSE", "1");
        assertThat(session.run("info", "/nowhere")).isEqualTo(1);
        assertThat(session.err).contains("at org.neuropil");
        assertThat(session.run("info", "/nowhere", "--verbose")).isEqualTo(1);
        assertThat(session.err).contains("at org.neuropil");
    }

    @Test
    void theEnvironmentGivesTheDatasetToBeMade() {
        session.environment.put("NEUROPIL_OUT", "/dev/null/dataset");
        assertThat(session.run("demo", "--no-serve", "--memory", "1g")).isEqualTo(1);
        assertThat(session.err).contains("neuropil.home");
        assertThat(session.run("figure", "section")).isEqualTo(2);
        assertThat(session.err).contains("--out");
    }

    @Test
    void withoutSparkOnTheClassPathItSaysHowToSubmit() {
        assertThat(session.run("segment", "/nowhere", "--runner", "spark")).isEqualTo(1);
        assertThat(session.err).contains("spark-submit --class org.neuropil.spark.Submit").contains("docs/scale.md");
        assertThat(session.err.lines()).hasSize(1);
        session.environment.put("NEUROPIL_RUNNER", "spark");
        assertThat(session.run("segment", "/nowhere")).isEqualTo(1);
        assertThat(session.err).contains("spark-submit");
        assertThat(session.run("info", "/nowhere", "--runner", "threads")).isEqualTo(1);
        assertThat(session.err).contains("does not exist");
    }

    @Test
    void completionIsAScript() {
        assertThat(session.run("completion")).isZero();
        assertThat(session.out).startsWith("#!/").contains("--voxel-size").contains("complete -F");
    }
}
