using FellowOakDicom;
using Specgen;
using Specgen.Standard;

[Scp<BasicWorklistManagementServiceClass>(SopClasses = [SopClassUids.ModalityWorklistInformationModelFind])]
internal sealed partial class Worklist
{
    // Private, which is what the generated declaration is unless you write something else.
    private async partial IAsyncEnumerable<CFindResult<BasicWorklistManagementCFindStatus>> OnCFindAsync(
        CFindContext context, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.Yield();
        if (!context.Identifier.Contains(DicomTag.PatientName))
        {
            yield return BasicWorklistManagementCFindStatus.OutOfResources;
        }

        foreach (var name in new[] { "Test^First", "Test^Second" })
        {
            yield return new DicomDataset { { DicomTag.PatientName, name } };
        }
    }
}

[TestClass]
public sealed class WorklistTests
{
    [TestMethod]
    public async Task Handler_yields_the_patients()
    {
        var context = CFindContext.ForTest(new DicomDataset { { DicomTag.PatientName, "" } }, SopClasses.ModalityWorklistInformationModelFind);
        var names = new List<string>();

        await foreach (var result in new Worklist().FindAsync<BasicWorklistManagementCFindStatus>(context))
        {
            Assert.AreEqual(StatusCategory.Pending, result.Result.Status.Category());
            names.Add(result.Matching!.GetString(DicomTag.PatientName));
        }

        CollectionAssert.AreEqual(new[] { "Test^First", "Test^Second" }, names);
    }
}
