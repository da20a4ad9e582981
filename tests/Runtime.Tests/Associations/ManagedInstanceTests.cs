using System.Text;
using FellowOakDicom;
using Specgen.Runtime.Tests.Scu;
using Specgen.Runtime.Tests.Wire;
using Specgen.Wire;
using static Specgen.Runtime.Tests.Wire.Requestor;

namespace Specgen.Runtime.Tests.Associations;

/// <summary>N-GET, N-SET, N-CREATE and N-DELETE as a provider.</summary>
[TestClass]
public sealed class ManagedInstanceTests
{
    public static readonly SopClass Step = new("1.2.840.10008.3.1.2.3.3", "ModalityPerformedProcedureStep", "Modality Performed Procedure Step SOP Class", "MPPS Service Class", null, false);

    private static readonly Proposal s_step = new(1, Step.Uid, Implicit);

    [TestMethod]
    public async Task NGet_has_the_attributes_that_are_asked_for_and_gives_their_values()
    {
        NGetContext? seen = null;
        await using var server = await TestServer.StartAsync(Binding(nGet: context =>
        {
            seen = context;
            return new DimseResponse(0x0001)
            {
                AttributeIdentifiers = [DicomTag.PatientID],
                Dataset = new DicomDataset { { DicomTag.PatientID, "P" } },
            };
        }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Request(0x0110, 3).Uid(0x1001, "1.2.3").Tags(0x1005, [DicomTag.PatientID, DicomTag.StudyID]).ToArray());
        var (command, data, _, _) = await peer.Wire.ReadMessageAsync(hasData: true);

        CollectionAssert.AreEqual(new[] { DicomTag.PatientID, DicomTag.StudyID }, seen!.Attributes.ToArray());
        Assert.AreEqual("1.2.3", seen.SopInstanceUid);
        var response = CommandSet.Read(command)!;
        Assert.AreEqual((0x8110, (ushort?)1, "1.2.3", Step.Uid), (response.Field, response.GetUInt16(CommandElement.Status), Text(response.SopInstanceUid), Text(response.SopClassUid)));
        CollectionAssert.AreEqual(new[] { DicomTag.PatientID }, response.GetTags(CommandElement.AttributeIdentifierList));
        CollectionAssert.AreEqual(new byte[] { 0x10, 0, 0x20, 0, 2, 0, 0, 0, (byte)'P', (byte)' ' }, data);
    }

    [TestMethod]
    public async Task NGet_of_all_attributes_names_none()
    {
        IReadOnlyList<DicomTag>? seen = null;
        await using var server = await TestServer.StartAsync(Binding(nGet: context =>
        {
            seen = context.Attributes;
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Request(0x0110, 3).Uid(0x1001, "1.2.3").ToArray());

        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.IsEmpty(seen!);
    }

    [TestMethod]
    public async Task NSet_has_its_modification_list_and_needs_one()
    {
        string? seen = null;
        await using var server = await TestServer.StartAsync(Binding(nSet: context =>
        {
            seen = context.ModificationList.GetString(DicomTag.PatientID);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Request(0x0120, 3, hasData: true).Uid(0x1001, "1.2.3").ToArray());
        await peer.SendDataAsync(1, new byte[] { 0x10, 0, 0x20, 0, 2, 0, 0, 0, (byte)'Q', (byte)' ' });
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.AreEqual("Q", seen);

        await peer.SendCommandAsync(1, Request(0x0120, 4).Uid(0x1001, "1.2.3").ToArray());
        Assert.AreEqual(0x0110, await peer.ReadStatusAsync());
    }

    [TestMethod]
    public async Task NCreate_assigns_a_UID_where_the_peer_has_none_and_the_response_has_it()
    {
        var seen = new List<NCreateContext>();
        await using var server = await TestServer.StartAsync(Binding(nCreate: context =>
        {
            seen.Add(context);
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Command(0x0140, 1, Step.Uid, NoDataSet).ToArray());
        var assigned = Text((await peer.ReadCommandAsync()).SopInstanceUid);
        await peer.SendCommandAsync(1, Command(0x0140, 2, Step.Uid, NoDataSet).Uid(0x1000, "1.2.3").ToArray());
        var given = Text((await peer.ReadCommandAsync()).SopInstanceUid);

        StringAssert.StartsWith(assigned, "2.25.");
        Assert.IsTrue(DicomUID.IsValidUid(assigned), assigned);
        Assert.AreEqual((assigned, true), (seen[0].SopInstanceUid, seen[0].IsSopInstanceUidAssigned));
        Assert.AreEqual(("1.2.3", "1.2.3", false), (given, seen[1].SopInstanceUid, seen[1].IsSopInstanceUidAssigned));
        Assert.IsNull(seen[0].Dataset);
        await TestServer.EventuallyAsync(() => server.Completed.Count == 2, "completed");
        Assert.AreEqual(assigned, server.Completed[0].SopInstanceUid);
    }

    [TestMethod]
    public async Task NCreate_that_fails_tells_of_no_instance()
    {
        await using var server = await TestServer.StartAsync(Binding(nCreate: static _ => new DimseResponse(0x0120) { AttributeIdentifiers = [DicomTag.StudyInstanceUID] }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Command(0x0140, 1, Step.Uid, NoDataSet).ToArray());
        var response = await peer.ReadCommandAsync();

        Assert.AreEqual((ushort?)0x0120, response.GetUInt16(CommandElement.Status));
        CollectionAssert.AreEqual(new[] { DicomTag.StudyInstanceUID }, response.GetTags(CommandElement.AttributeIdentifierList));
        Assert.AreEqual("", Text(response.SopInstanceUid));
    }

    [TestMethod]
    public async Task NDelete_names_its_instance_and_what_is_not_handled_is_unrecognized()
    {
        string? seen = null;
        await using var server = await TestServer.StartAsync(Binding(nDelete: context =>
        {
            seen = context.SopInstanceUid;
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(s_step);

        await peer.SendCommandAsync(1, Request(0x0150, 1).Uid(0x1001, "1.2.3").ToArray());
        Assert.AreEqual(0, await peer.ReadStatusAsync());
        Assert.AreEqual("1.2.3", seen);

        await peer.SendCommandAsync(1, Request(0x0110, 2).Uid(0x1001, "1.2.3").ToArray());
        Assert.AreEqual(0x0211, await peer.ReadStatusAsync());
    }

    [TestMethod]
    public async Task Unified_procedure_steps_are_all_of_the_push_class()
    {
        // PS3.4 §CC.3: the presentation context says what the peer may do, the command what the instance is.
        var (push, pull) = (TestClasses.Steps[0].Uid, TestClasses.Steps[1]);
        NGetContext? seen = null;
        await using var server = await TestServer.StartAsync(Binding([pull], nGet: context =>
        {
            seen = context;
            return new DimseResponse(0);
        }));
        using var peer = await server.AssociateAsync(new Proposal(1, pull.Uid, Implicit));

        await peer.SendCommandAsync(1, new CommandWriter().Uid(0x0003, push).UInt16(0x0100, 0x0110).UInt16(0x0110, 1).UInt16(0x0800, NoDataSet).Uid(0x1001, "1.2.3").ToArray());
        var response = await peer.ReadCommandAsync();

        Assert.AreEqual(((ushort?)0, push), (response.GetUInt16(0x0900), Text(response.SopClassUid)));
        Assert.AreEqual(pull, seen!.SopClass);

        var user = new TestHandlers(TestClasses.Scu(pull));
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        await using var association = await ScuAssociation.OpenAsync(user, options);
        Assert.AreEqual(0, (await association.NGetAsync<TestStatus>(pull, "1.2.3", null)).Code);
        Assert.AreEqual(0, (await association.NGetAsync<TestStatus>(TestClasses.Steps[0], "1.2.3", null)).Code);
    }

    [TestMethod]
    public async Task A_message_in_a_meta_class_is_of_one_of_its_members()
    {
        // A page of the user's own: nothing in the runtime knows these UIDs.
        var page = ServiceClassTable.Of("Acme Print Service Class", "1.3.99.7.1|AcmePrintMeta||+1|Acme Print\n1.3.99.7.2|AcmeSession|||Acme Session\n1.3.99.7.3|AcmeBox|||Acme Box", "");
        var (meta, session) = (page[0], page[1]);
        var seen = new List<string>();
        await using var server = await TestServer.StartAsync(Binding([meta]), Binding(
            [session],
            nSet: context =>
            {
                seen.Add(context.SopClass.Uid + " " + context.ModificationList.GetString(DicomTag.NumberOfCopies));
                return new DimseResponse(0);
            },
            nDelete: context =>
            {
                seen.Add(context.SopClass.Uid);
                return new DimseResponse(0);
            }));
        var options = ScuAssociationTests.Options(server.Port);
        options.CalledAE = "SERVER";
        options.PresentationContexts = [new ProposedContext(meta.Uid, Implicit)];
        await using var association = await ScuAssociation.OpenAsync(new TestHandlers(TestClasses.Scu(meta)), options);

        Assert.AreEqual(0, (await association.NSetAsync<TestStatus>(session, "1.2.3", new DicomDataset { { DicomTag.NumberOfCopies, "2" } })).Code);
        Assert.AreEqual(0, (await association.NDeleteAsync<TestStatus>(session, "1.2.3")).Code);
        Assert.AreEqual(0x0118, (await association.NDeleteAsync<TestStatus>(session with { Uid = "1.3.99.7.4" }, "1.2.3")).Code);
        CollectionAssert.AreEqual(new[] { session.Uid + " 2", session.Uid }, seen);
    }

    private static string Text(ReadOnlySpan<byte> uid) => Encoding.ASCII.GetString(uid);

    private static CommandWriter Request(ushort field, ushort id, bool hasData = false) =>
        new CommandWriter().Uid(0x0003, Step.Uid).UInt16(0x0100, field).UInt16(0x0110, id).UInt16(0x0800, hasData ? WithDataSet : NoDataSet);

    private static ServiceBinding Binding(
        Func<NGetContext, DimseResponse>? nGet = null, Func<NSetContext, DimseResponse>? nSet = null, Func<NCreateContext, DimseResponse>? nCreate = null, Func<NDeleteContext, DimseResponse>? nDelete = null) =>
        Binding([Step], nGet, nSet, nCreate, nDelete);

    private static ServiceBinding Binding(
        SopClass[] sopClasses,
        Func<NGetContext, DimseResponse>? nGet = null, Func<NSetContext, DimseResponse>? nSet = null, Func<NCreateContext, DimseResponse>? nCreate = null, Func<NDeleteContext, DimseResponse>? nDelete = null) => new()
        {
            Role = DicomRole.Scp,
            ServiceClass = Step.ServiceClass,
            SopClasses = sopClasses,
            FindStatus = static (_, _) => null,
            NGet = nGet is null ? null : (_, context, _) => ValueTask.FromResult(nGet(context)),
            NSet = nSet is null ? null : (_, context, _) => ValueTask.FromResult(nSet(context)),
            NCreate = nCreate is null ? null : (_, context, _) => ValueTask.FromResult(nCreate(context)),
            NDelete = nDelete is null ? null : (_, context, _) => ValueTask.FromResult(nDelete(context)),
        };
}
