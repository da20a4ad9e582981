using Specgen.Associations;
using Specgen.Wire;

namespace Specgen.Runtime.Tests.Associations;

[TestClass]
public sealed class PendingRequestTests
{
    /// <summary>What comes after a wait that was given up is for who waits next.</summary>
    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task A_wait_that_was_given_up_takes_no_response(bool isCancelled)
    {
        var pending = new PendingRequest(1);
        using var leaving = new CancellationTokenSource();
        var given = pending.NextAsync(isCancelled ? TimeSpan.FromSeconds(30) : TimeSpan.FromMilliseconds(1), TimeProvider.System, leaving.Token).AsTask();
        if (isCancelled)
        {
            await leaving.CancelAsync();
            await Assert.ThrowsAsync<OperationCanceledException>(() => given);
        }
        else
        {
            await Assert.ThrowsExactlyAsync<TimeoutException>(() => given);
        }

        var response = new ReceivedResponse(null!, CommandSet.Read(Convert.FromHexString("0000000102000000208000000009020000000000"))!, null);
        pending.Add(response);

        Assert.AreSame(response, await pending.NextAsync(TimeSpan.FromSeconds(5), TimeProvider.System, CancellationToken.None));
    }
}
