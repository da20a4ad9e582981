using Specgen.Outbox;

namespace Specgen.StorageCommitment.Tests.Outbox;

/// <summary>When something is tried again.</summary>
[TestClass]
public sealed class MeaningTests
{
    // PS3.7 Annex C; the statuses of N-EVENT-REPORT are those of §10.1.1.1.8.
    [TestMethod]
    [DataRow(0x0000, OutboxResult.Done, DisplayName = "Success")]
    [DataRow(0x0001, OutboxResult.Done, DisplayName = "Requested optional attributes are not supported")]
    [DataRow(0x0107, OutboxResult.Done, DisplayName = "Attribute list error")]
    [DataRow(0x0116, OutboxResult.Done, DisplayName = "Attribute value out of range")]
    [DataRow(0xB000, OutboxResult.Done, DisplayName = "A warning")]
    [DataRow(0x0110, OutboxResult.Again, DisplayName = "Processing failure")]
    [DataRow(0x0210, OutboxResult.Again, DisplayName = "Duplicate invocation")]
    [DataRow(0x0213, OutboxResult.Again, DisplayName = "Resource limitation")]
    [DataRow(0x0112, OutboxResult.Slowly, DisplayName = "No such SOP instance")]
    [DataRow(0x0113, OutboxResult.Slowly, DisplayName = "No such event type")]
    [DataRow(0x0114, OutboxResult.Slowly, DisplayName = "No such argument")]
    [DataRow(0x0115, OutboxResult.Slowly, DisplayName = "Invalid argument value")]
    [DataRow(0x0117, OutboxResult.Slowly, DisplayName = "Invalid SOP instance")]
    [DataRow(0x0118, OutboxResult.Slowly, DisplayName = "No such SOP class")]
    [DataRow(0x0119, OutboxResult.Slowly, DisplayName = "Class-instance conflict")]
    [DataRow(0x0211, OutboxResult.Slowly, DisplayName = "Unrecognized operation")]
    [DataRow(0x0212, OutboxResult.Slowly, DisplayName = "Mistyped argument")]
    [DataRow(0x0124, OutboxResult.Slowly, DisplayName = "Not authorized")]
    [DataRow(0xA700, OutboxResult.Slowly, DisplayName = "A failure of another service")]
    [DataRow(0xFE00, OutboxResult.Slowly, DisplayName = "Cancel")]
    [DataRow(0x4711, OutboxResult.Slowly, DisplayName = "Nothing that the standard knows")]
    public void OfAStatus(int status, OutboxResult result)
    {
        var outcome = OutboxOutcome.Of(new DimseResponse((ushort)status));

        Assert.AreEqual(result, outcome.Result);
        Assert.AreEqual(result == OutboxResult.Done ? null : (ushort)status, outcome.Status);
    }

    [TestMethod]
    [DataRow(0, 30)]
    [DataRow(1, 60)]
    [DataRow(2, 120)]
    [DataRow(6, 1920)]
    [DataRow(7, 3600)]
    [DataRow(8, 3600)]
    [DataRow(1_000_000, 3600)]
    public void OfAttempts(int attempts, int seconds)
    {
        var options = new OutboxOptions();

        Assert.AreEqual(TimeSpan.FromSeconds(seconds), BackOff.Pause(options, attempts, 0.5));
        Assert.AreEqual(TimeSpan.FromSeconds(seconds * 0.8), BackOff.Pause(options, attempts, 0));
        Assert.AreEqual(seconds * 1.2, BackOff.Pause(options, attempts, 0.999999).TotalSeconds, 0.1);
    }

    [TestMethod]
    public void OptionsThatCannotBeAreRefused()
    {
        OutboxOptions[] wrong =
        [
            new() { FirstRetry = TimeSpan.Zero }, new() { LongestRetry = TimeSpan.FromSeconds(1) }, new() { Jitter = 1 }, new() { Jitter = -0.1 },
                new() { Batch = 0 }, new() { Peers = 0 },
            new() { ExpiresAfter = TimeSpan.Zero }, new() { Lease = TimeSpan.Zero }, new() { SendTimeout = -TimeSpan.FromSeconds(1) },
                new() { KeepDone = TimeSpan.Zero },
            new() { PollInterval = TimeSpan.Zero }, new() { StopTimeout = TimeSpan.Zero },
        ];
        foreach (var options in wrong)
        {
            Assert.ThrowsExactly<ArgumentException>(options.Check);
        }

        new OutboxOptions().Check();
    }
}
