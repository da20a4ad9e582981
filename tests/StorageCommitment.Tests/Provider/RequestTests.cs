using System.Text;
using FellowOakDicom;
using Specgen.Standard;

namespace Specgen.StorageCommitment.Tests.Provider;

/// <summary>What is asked for, and what is reported, without a network.</summary>
[TestClass]
public sealed class RequestTests
{
    private const string Instance = WellKnownSopInstanceUids.StorageCommitmentPushModelInstance;

    // PS3.4 Table J.3-1 and J.3.2.1.1.1; PS3.7 §10.1.4.1.10.
    private static readonly (string Name, string Instance, DicomDataset? Information, int Status, DicomTag[] Offending)[] s_requests =
    [
        ("good", Instance, Request("1.2.3", ("1.2", "1.3")), 0, []),
        ("a UID with a leading zero", Instance, Request("1.2.03", ("1.2", "1.2.03.4")), 0, []),
        ("an instance twice", Instance, Request("1.2.3", ("1.2", "1.3"), ("1.2", "1.3")), 0, []),
        ("a medium for all", Instance, Request("1.2.3", ("1.2", "1.3")).AddOrUpdate(DicomVR.SH, DicomTag.StorageMediaFileSetID, "DISC"), 0, []),
        ("another SOP instance", "1.2.3", Request("1.2.3", ("1.2", "1.3")), 0x0112, []),
        ("no information", Instance, null, 0x0114, []),
        ("no transaction", Instance, Request(null, ("1.2", "1.3")), 0x0115, [DicomTag.TransactionUID]),
        ("an empty transaction", Instance, Request("", ("1.2", "1.3")), 0x0115, [DicomTag.TransactionUID]),
        ("no UID", Instance, Request("abc", ("1.2", "1.3")), 0x0115, [DicomTag.TransactionUID]),
        ("two UIDs", Instance, Request("1.2\\1.3", ("1.2", "1.3")), 0x0115, [DicomTag.TransactionUID]),
        ("a UID of 65 characters", Instance, Request(new string('1', 65), ("1.2", "1.3")), 0x0115, [DicomTag.TransactionUID]),
        ("no references", Instance, Request("1.2.3"), 0x0115, [DicomTag.ReferencedSOPSequence]),
        ("no sequence", Instance, Request("1.2.3").Remove(DicomTag.ReferencedSOPSequence), 0x0115, [DicomTag.ReferencedSOPSequence]),
        ("a reference without a class", Instance, Request("1.2.3", ("1.2", "1.3"), ("", "1.4")), 0x0115, [DicomTag.ReferencedSOPSequence]),
        ("a reference without an instance", Instance, Request("1.2.3", ("1.2", "")), 0x0115, [DicomTag.ReferencedSOPSequence]),
        ("a reference to a path", Instance, Request("1.2.3", ("1.2", "../1")), 0x0115, [DicomTag.ReferencedSOPSequence]),
        ("a medium twice", Instance, WithMedium(Request("1.2.3", ("1.2", "1.3"))), 0x0115,
            [DicomTag.StorageMediaFileSetID, DicomTag.StorageMediaFileSetUID]),
        ("too many", Instance, Request("1.2.3", [.. Enumerable.Range(0, 101).Select(static i => ("1.2", $"1.3.{i}"))]), 0x0213, []),
        ("as many as may be", Instance, Request("1.2.3", [.. Enumerable.Range(0, 100).Select(static i => ("1.2", $"1.3.{i}"))]), 0, []),
    ];

    [TestMethod]
    public void IsChecked()
    {
        foreach (var (name, instance, information, status, offending) in s_requests)
        {
            var refusal = RequestCheck.Check(instance, information, 100, out var transactionUid, out var references);

            Assert.AreEqual(status, refusal?.Code ?? 0, name);
            CollectionAssert.AreEqual(offending, refusal?.OffendingElements.ToArray() ?? [], name);
            if (status == 0)
            {
                Assert.AreEqual(information!.GetString(DicomTag.TransactionUID), transactionUid, name);
                Assert.HasCount(information.GetSequence(DicomTag.ReferencedSOPSequence).Items.Count, references, name);
            }
        }
    }

    [TestMethod]
    public void IsReportedInItsOwnWords()
    {
        SopReference[] references = [new("1.2", "1.2.03.4"), new("1.2", "1.2.5"), new("1.2.00", "1.2.6")];

        var (type, report) = Reports().Report("1.9.08", references, [null, FailureReason.NoSuchObjectInstance, null]);

        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist, type);
        Assert.AreEqual("1.9.08", report.GetString(DicomTag.TransactionUID));
        Assert.AreEqual("ARCHIVE", report.GetString(DicomTag.RetrieveAETitle));
        CollectionAssert.AreEqual(
            new[] { "1.2.03.4", "1.2.6" }, report.GetSequence(DicomTag.ReferencedSOPSequence).Items.Select(static i => i.GetString(DicomTag.ReferencedSOPInstanceUID)).ToArray());
        var failed = report.GetSequence(DicomTag.FailedSOPSequence).Items.Single();
        Assert.AreEqual(("1.2.5", 0x0112), (failed.GetString(DicomTag.ReferencedSOPInstanceUID),
            failed.GetSingleValue<ushort>(DicomTag.FailureReason)));
    }

    [TestMethod]
    public void ASequenceWithoutItemsIsLeftOut()
    {
        SopReference[] references = [new("1.2", "1.3")];

        var (good, success) = Reports().Report("1.9", references, [null]);
        var (bad, failure) = Reports().Report("1.9", references, [FailureReason.ProcessingFailure]);

        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestSuccessful, good);
        Assert.IsFalse(success.Contains(DicomTag.FailedSOPSequence));
        Assert.AreEqual(StorageCommitmentEvent.StorageCommitmentRequestCompleteFailuresExist, bad);
        Assert.IsFalse(failure.Contains(DicomTag.ReferencedSOPSequence));
        Assert.IsFalse(failure.Contains(DicomTag.RetrieveAETitle));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("[")]
    [DataRow("{}")]
    [DataRow("[[\"1.2\"]]")]
    [DataRow("[[\"1.2\",\"1.3\",\"1.4\"]]")]
    [DataRow("[[\"1.2\",3]]")]
    [DataRow("[[\"1.2\",\"1.3\"]")]
    [DataRow("[[\"1.2\",\"1.3\"]] x")]
    [DataRow("\0\0\0\0")]
    public void WhatWasKeptAndIsDamagedIsSeen(string text) =>
        Assert.ThrowsExactly<InvalidDataException>(() => SopReferences.Read(Encoding.UTF8.GetBytes(text)));

    private static CommitmentReports Reports() => new(new TestCatalogue(), new StorageCommitmentOptions { RetrieveAETitle = "ARCHIVE" });

    private static DicomDataset Request(string? transactionUid, params (string ClassUid, string InstanceUid)[] references)
    {
        var items = new DicomSequence(DicomTag.ReferencedSOPSequence);
        foreach (var (classUid, instanceUid) in references)
        {
            items.Items.Add(new DicomDataset().NotValidated().AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPClassUID,
                classUid).AddOrUpdate(DicomVR.UI, DicomTag.ReferencedSOPInstanceUID, instanceUid));
        }

        var request = new DicomDataset().NotValidated().AddOrUpdate(items);
        return transactionUid is null ? request : request.AddOrUpdate(DicomVR.UI, DicomTag.TransactionUID, transactionUid);
    }

    private static DicomDataset WithMedium(DicomDataset request)
    {
        request.GetSequence(DicomTag.ReferencedSOPSequence).Items[0].AddOrUpdate(DicomVR.UI, DicomTag.StorageMediaFileSetUID, "1.2.9");
        return request.AddOrUpdate(DicomVR.SH, DicomTag.StorageMediaFileSetID, "DISC");
    }
}
