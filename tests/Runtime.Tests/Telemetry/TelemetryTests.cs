using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.Extensions.Logging;
using Specgen.Runtime.Tests.Associations;
using Specgen.Telemetry;

namespace Specgen.Runtime.Tests.Telemetry;

/// <summary>What docs/telemetry.md promises.</summary>
[TestClass]
public sealed class TelemetryTests
{
    [TestMethod]
    public async Task Every_request_that_arrives_has_an_activity_with_its_status()
    {
        var activities = new ConcurrentQueue<Activity>();
        var rehearsed = 0;
        using var listener = new ActivityListener
        {
            ShouldListenTo = static s => s.Name == "Specgen",
            Sample = static (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllData,
            ActivityStopped = activity =>
            {
                rehearsed += (string?)activity.GetTagItem("specgen.calling_ae") == "REHEARSAL" ? 1 : 0;
                if (activity.Kind == ActivityKind.Server && (string?)activity.GetTagItem("specgen.calling_ae") == "CLIENT" && (string?)activity.GetTagItem("specgen.called_ae") == "TRACED")
                {
                    activities.Enqueue(activity);
                }
            },
        };
        ActivitySource.AddActivityListener(listener);
        await using var server = await TestServer.StartAsync(
            static o => (o.AETitle, o.AcceptAnyCalledAETitle) = ("TRACED", true),
            TestClasses.Binding(DicomRole.Scp, [TestClasses.Commitment], nAction: static (_, context, _) => context.ActionTypeId switch
            {
                1 => new(new DimseResponse(0)),
                2 => new(new DimseResponse(0x0110)),
                _ => throw new InvalidOperationException("not that"),
            }));
        var options = Scu.ScuAssociationTests.Options(server.Port);
        (options.CallingAE, options.CalledAE) = ("CLIENT", "TRACED");
        await using (var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Commitment)), options))
        {
            for (ushort type = 1; type <= 3; type++)
            {
                await association.NActionAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, type, null);
            }

            // No handler: answered by the runtime.
            await association.NGetAsync<TestStatus>(TestClasses.Commitment, TestClasses.CommitmentInstance, null);
            await association.NActionAsync<TestStatus>(TestClasses.Commitment, "no UID", 1, null);
        }

        CollectionAssert.AreEqual(
            new[] { "N-ACTION 0000 Unset", "N-ACTION 0110 Error", "N-ACTION 0110 Error", "N-GET 0211 Error", "N-ACTION 0117 Error" },
            activities.Select(static a => $"{a.OperationName} {a.GetTagItem("specgen.status")} {a.Status}").ToArray());
        Assert.IsTrue(activities.All(static a => (string?)a.GetTagItem("specgen.sop_class") == TestClasses.Commitment.Uid));
        var thrown = activities.ElementAt(2);
        Assert.AreEqual(("InvalidOperationException", "System.InvalidOperationException"), (thrown.StatusDescription, thrown.GetTagItem("error.type")), "Not its message, which may quote values.");
        Assert.AreEqual(0, rehearsed, "What a server does to warm up is no request.");
    }

    [TestMethod]
    public void Names_have_a_version_and_durations_have_boundaries_that_fit()
    {
        var boundaries = SpecgenTelemetry.Durations.Advice!.HistogramBucketBoundaries!;

        Assert.AreEqual((0.0001, 60.0), (boundaries[0], boundaries[^1]));
        CollectionAssert.AreEqual(boundaries.Order().Distinct().ToArray(), boundaries.ToArray());
        Assert.AreEqual(("Specgen", "1.0"), (SpecgenTelemetry.Durations.Meter.Name, SpecgenTelemetry.Durations.Meter.Version));
        Assert.AreEqual(("Specgen", "1.0"), (SpecgenTelemetry.Activities.Name, SpecgenTelemetry.Activities.Version));
    }

    [TestMethod]
    public void Without_a_log_the_first_failure_is_told_once_on_standard_error()
    {
        var writer = new StringWriter();
        using var log = new StandardErrorLog { Writer = writer };
        ILogger logger = log.CreateLogger("Specgen.Scp");

        logger.LogInformation("Nothing has failed");
        Assert.AreEqual("", writer.ToString());
        Parallel.For(0, 20, i => logger.LogWarning(new InvalidOperationException("why"), "This has failed"));

        var told = writer.ToString();
        Assert.AreEqual(2, told.Split("Specgen: ").Length - 1, told);
        StringAssert.StartsWith(told, "Specgen: This has failed: System.InvalidOperationException: why");
        StringAssert.Contains(told, "DicomScpOptions.LoggerFactory");
        Assert.IsFalse(logger.IsEnabled(LogLevel.Critical));
    }

    [TestMethod]
    [DataRow(false, "An error of the server")]
    [DataRow(true, "InvalidOperationException: /srv/images is not there")]
    public async Task What_a_handler_threw_is_told_where_it_is_asked_for_only(bool isAskedFor, string expected)
    {
        await using var server = await TestServer.StartAsync(
            o => o.IncludeExceptionMessages = isAskedFor,
            TestClasses.Binding(DicomRole.Scp, [TestClasses.Verification], cEcho: static (_, _, _) => throw new InvalidOperationException("/srv/images is not there")));
        var options = Scu.ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(TestClasses.Verification)), options);

        var answer = await association.CEchoAsync<TestStatus>();

        Assert.AreEqual((TestStatus.ProcessingFailure, expected), (answer.Status, answer.ErrorComment));
    }
}
